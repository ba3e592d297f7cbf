import { LambdaClient } from '@aws-sdk/client-lambda';
import { createFunctionConfigurations } from '../../../../../shared/clients/lambda/function-configuration.ts';
import { HERE } from '../../../../../shared/clients/organization/here.ts';
import { createPlaceClients, placeClients } from '../../../../../shared/clients/organization/place-clients.ts';
import { useClock } from '../../../../../shared/clock.ts';
import { awsError, fakeAws } from '../fake-aws.ts';

const ORGANIZATION = {
  stackName: 'Rightsizer',
  partition: 'aws',
  externalId: 'rightsizer-0123456789',
  regions: { '222222222222': ['us-west-2', 'eu-west-1'] },
};
const ARN = 'arn:aws:lambda:us-west-2:222222222222:function:pay';
const PLACE = { accountId: '222222222222', region: 'us-west-2' };

const MINUTE_MS = 60_000;
let nowMs = 0;
let stop: () => void = () => {};
let restore: () => void = () => {};

beforeEach(() => {
  nowMs = 0;
  restore = useClock({ now: () => nowMs, sleep: async () => {} });
});
afterEach(() => {
  stop();
  restore();
});

const given = (nth: number) => ({
  Credentials: { AccessKeyId: `ASIA${nth}`, SecretAccessKey: 's', SessionToken: `t${nth}`, Expiration: new Date(0) },
});

/** Asks a client for its credentials, as signing a request would. */
const keyOf = async (client: LambdaClient): Promise<string> => (await client.config.credentials()).accessKeyId;

it('assumes the role of the place by its whole name, with the external id', async () => {
  const aws = fakeAws({ AssumeRole: (_, nth) => given(nth) });
  stop = aws.stop;
  await keyOf(createPlaceClients('apply-change', ORGANIZATION).of(LambdaClient, ARN));
  expect(aws.calls).toEqual([
    {
      command: 'AssumeRole',
      input: {
        RoleArn: 'arn:aws:iam::222222222222:role/Rightsizer-us-west-2-spoke-apply-change',
        RoleSessionName: 'Rightsizer-apply-change',
        ExternalId: 'rightsizer-0123456789',
        DurationSeconds: 900,
      },
    },
  ]);
});

it('keeps clients by account and region, and never mixes two', async () => {
  const clients = createPlaceClients('read', ORGANIZATION);
  const client = clients.of(LambdaClient, ARN);
  expect(clients.at(LambdaClient, PLACE)).toBe(client);
  expect(await client.config.region()).toBe('us-west-2');
  const other = clients.at(LambdaClient, { ...PLACE, region: 'eu-west-1' });
  expect(other).not.toBe(client);
  expect(await other.config.region()).toBe('eu-west-1');
  expect(clients.of(LambdaClient, 'pay')).toBe(HERE.of(LambdaClient, 'pay'));
  expect(clients.places).toEqual([PLACE, { ...PLACE, region: 'eu-west-1' }]);
});

it('asks for a session once while it lasts, and again five minutes before it ends', async () => {
  const aws = fakeAws({ AssumeRole: (_, nth) => given(nth) });
  stop = aws.stop;
  const client = createPlaceClients('read', ORGANIZATION).of(LambdaClient, ARN);
  const keys: string[] = [];
  for (nowMs of [0, 9 * MINUTE_MS, 10 * MINUTE_MS, 19 * MINUTE_MS, 20 * MINUTE_MS]) keys.push(await keyOf(client));
  expect(keys).toEqual(['ASIA0', 'ASIA0', 'ASIA1', 'ASIA1', 'ASIA2']);
});

it.each([
  ['AccessDenied', 'client', 403, 'InvalidConfiguration', /spoke-read lets nobody in; deploy the spoke stack there/],
  ['ServiceUnavailable', 'server', 503, 'TransientFailure', /sts:AssumeRole failed/],
] as const)('says what %s of STS means', async (error, fault, status, name, message) => {
  stop = fakeAws({
    AssumeRole: () => {
      throw awsError(error, fault, status);
    },
  }).stop;
  const client = createPlaceClients('read', ORGANIZATION).of(LambdaClient, ARN);
  await expect(keyOf(client)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
});

it.each(['AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration'] as const)(
  'keeps no session that came without its %s, and asks for another',
  async (missing) => {
    const broken = { Credentials: { ...given(0).Credentials, [missing]: undefined } };
    stop = fakeAws({ AssumeRole: (_, nth) => (nth === 0 ? broken : given(nth)) }).stop;
    const client = createPlaceClients('read', ORGANIZATION).of(LambdaClient, ARN);
    await expect(keyOf(client)).rejects.toMatchObject({ name: 'TransientFailure' });
    expect(await keyOf(client)).toBe('ASIA1');
  },
);

it.each(['ExpiredTokenException', 'ExpiredToken', 'UnrecognizedClientException', 'InvalidClientTokenId'])(
  'forgets a session that is answered with %s, and says that the trouble passes',
  async (name) => {
    let asked = 0;
    const aws = fakeAws({
      AssumeRole: (_, nth) => given(nth),
      GetFunction: () => {
        asked += 1;
        if (asked === 1) throw awsError(name);
        return { Configuration: { FunctionName: 'pay', MemorySize: 512 } };
      },
    });
    stop = aws.stop;
    const clients = createPlaceClients('read', ORGANIZATION);
    const former = clients.of(LambdaClient, ARN);
    const { read } = createFunctionConfigurations(undefined, clients);
    await expect(read(ARN)).rejects.toMatchObject({ name: 'TransientFailure', message: expect.stringContaining(name) });
    expect(clients.of(LambdaClient, ARN)).not.toBe(former);
    expect(await read(ARN)).toMatchObject({ memorySizeMb: 512 });
  },
);

it('keeps the session of a place whose neighbour’s is no good any more', async () => {
  stop = fakeAws({
    AssumeRole: (_, nth) => given(nth),
    GetFunction: () => {
      throw awsError('ExpiredTokenException');
    },
  }).stop;
  const clients = createPlaceClients('read', ORGANIZATION);
  const neighbour = { ...PLACE, region: 'eu-west-1' };
  const other = clients.at(LambdaClient, neighbour);
  await expect(createFunctionConfigurations(undefined, clients).read(ARN)).rejects.toThrow();
  expect(clients.at(LambdaClient, neighbour)).toBe(other);
});

it('knows only its own account and region where no organization is configured', async () => {
  expect(placeClients('read', {})).toBe(HERE);
  await expect(createFunctionConfigurations().read(ARN)).rejects.toMatchObject({
    name: 'InvalidConfiguration',
    message: expect.stringContaining('account 222222222222 in us-west-2 is not looked after from here'),
  });
});

it('refuses an account or region that the organization does not list', () => {
  const clients = placeClients('read', { ORGANIZATION: JSON.stringify(ORGANIZATION) });
  expect(() => clients.at(LambdaClient, { ...PLACE, region: 'us-east-2' })).toThrow(/us-east-2 is not looked after/);
  expect(() => clients.at(LambdaClient, { ...PLACE, accountId: '999999999999' })).toThrow(/is not looked after/);
});

it('reaches the hub’s own functions and those of listed places, and no others', () => {
  const clients = createPlaceClients('read', ORGANIZATION);
  const inRegion = (region: string) => ARN.replace('us-west-2', region);
  expect(['pay', ARN, inRegion('us-east-2')].map(clients.reaches)).toEqual([true, true, false]);
  expect(['pay', ARN].map(HERE.reaches)).toEqual([true, false]);
});
