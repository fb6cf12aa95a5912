import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

/** The secret of the link keys for who may change it; asked each time. @param id its ARN */
export function managedLinkKeys(id: string): { read(): Promise<string>; replace(text: string): Promise<void> } {
  const client = new SecretsManagerClient();
  return {
    async read() {
      const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
      if (!SecretString) throw new Error("the secret of the link keys is empty");
      return SecretString;
    },
    async replace(text) {
      await client.send(new PutSecretValueCommand({ SecretId: id, SecretString: text }));
    },
  };
}
