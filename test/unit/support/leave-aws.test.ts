import { leaveAws } from '../../support/leave-aws.ts';

it('leaves nothing in an environment that leads past an emulator', () => {
  const environment: Record<string, string | undefined> = {
    PATH: '/bin',
    AWS_PROFILE: 'production',
    AWS_SESSION_TOKEN: 'x',
    AWS_ENDPOINT_URL_S3: 'http://localhost:4566',
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    CDK_DEFAULT_ACCOUNT: '123456789012',
    RIGHTSIZER_STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:Production',
  };
  leaveAws(environment);
  expect(environment).toEqual({
    PATH: '/bin',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  });
});
