import { defaultProvider } from '../../../../shared/connection-pool/lambda-credentials.ts';

const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

describe('credentials of a Lambda function', () => {
  it('are those of the environment, session token included', async () => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
    });
    await expect(defaultProvider()()).resolves.toEqual({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
      sessionToken: 'token',
    });
  });

  it('are refused by the name that the SDK knows when the environment has none', async () => {
    delete process.env['AWS_ACCESS_KEY_ID'];
    await expect(defaultProvider()()).rejects.toMatchObject({ name: 'CredentialsProviderError', tryNextLink: false });
  });
});
