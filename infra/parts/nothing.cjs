// Stands in for a library whose work is never asked for.
module.exports = {};
