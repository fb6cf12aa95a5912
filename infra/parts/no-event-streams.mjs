// Instead of "@smithy/core/event-streams": no service we ask ever answers with a stream of events.
export const resolveEventStreamSerdeConfig = (config) => config;
export const eventStreamSerdeProvider = undefined;
