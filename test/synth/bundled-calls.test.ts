import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as events from '@aws-sdk/client-eventbridge';
import * as lambda from '@aws-sdk/client-lambda';
import * as s3 from '@aws-sdk/client-s3';
import * as ses from '@aws-sdk/client-sesv2';
import * as states from '@aws-sdk/client-sfn';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as sts from '@aws-sdk/client-sts';
import { CONFIGURED_CLIENTS, type ConfiguredClient } from '../../infra/constructs/configured-clients.ts';
import { bundleHandlers } from '../../infra/constructs/task-code.ts';
import { type CannedAnswer, handler } from '../support/bundled-calls.ts';
import { runOfBundle } from '../support/run-of-bundle.ts';

/** What bundling leaves out, renames and takes apart changes neither what AWS is asked nor what is made of its answers. */

/** Of the body that all descriptions of checksums take for an example. */
const CRC32C = { 'x-amz-checksum-crc32c': '4waSgw==' };

const ANSWERS: Record<string, CannedAnswer> = {
  'an answer that says nothing': { statusCode: 200, body: '{}' },
  'an error that the services have a class for': {
    statusCode: 400,
    body: '{"__type":"ConditionalCheckFailedException","message":"no","code":"ConditionalCheckFailedException"}',
  },
  'an error that nobody knows': { statusCode: 400, body: '{"__type":"SomethingNew","message":"new"}' },
  'an error in XML': {
    statusCode: 404,
    body: '<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message></Error>',
  },
  'a body with its checksum': { statusCode: 200, body: '{}', headers: checksumOf('{}') },
  'a body with a checksum that no task asks for': { statusCode: 200, body: '123456789', headers: CRC32C },
  'a body with the checksum of another': { statusCode: 200, body: '{}', headers: checksumOf('[]') },
  'a server that breaks': { statusCode: 500, body: 'broken' },
};

const CLIENTS = {
  cloudwatch,
  logs,
  dynamodb,
  events,
  lambda,
  s3,
  ses,
  states,
  sns,
  sqs,
  sts,
};
/** As in a stage whose configuration asks for all that one can ask for. */
const EVERY_CLIENT = Object.keys(CONFIGURED_CLIENTS) as ConfiguredClient[];
/** Smithy's number for it in a schema of the SDK. */
const ERROR_SCHEMA = -3;

let folder: string;
let bundle: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-bundled-calls-'));
  bundle = path.join(folder, 'calls.mjs');
  writeFileSync(bundle, bundleHandlers({ calls: 'test/support/bundled-calls.ts' }, EVERY_CLIENT).get('calls')!.code);
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each(Object.entries(ANSWERS))('%s', async (_, answer) => {
  const [unbundled] = await handler([answer]);
  expect(unbundled).toHaveLength(28);
  expect(bundled([answer])).toEqual(JSON.parse(JSON.stringify([unbundled])));
});

/** Whether the bundle has a class of its own for it or not. */
test.each(Object.entries(CLIENTS))('every error that %s may answer with', async (service, client) => {
  const answers = errorAnswers(client).map((answer) => ({ service, ...answer }));
  expect(answers.length).toBeGreaterThan(5);
  expect(bundled(answers)).toEqual(JSON.parse(JSON.stringify(await handler(answers))));
});

/** A service's errors as they come, by its schemas: under their name, and under what the Query protocol calls them. */
function errorAnswers(client: object): CannedAnswer[] {
  const errors = Object.values(client).filter((each) => Array.isArray(each) && each[0] === ERROR_SCHEMA);
  return errors.flatMap(([, , name, { error, httpError, awsQueryError }]) => {
    const statusCode = httpError ?? (error === 'client' ? 400 : 500);
    return [name, ...(awsQueryError?.slice(0, 1) ?? [])].map((code) => ({
      statusCode,
      body: JSON.stringify({ __type: code, message: 'no', Type: 'User', reason: 'none' }),
      xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
    }));
  });
}

/** As S3 answers with it. */
function checksumOf(body: string): Record<string, string> {
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return { 'x-amz-checksum-crc32': checksum.toString('base64') };
}

const bundled = (answers: readonly CannedAnswer[]): unknown => runOfBundle(bundle, answers);
