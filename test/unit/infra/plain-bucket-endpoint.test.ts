import { S3Client } from '@aws-sdk/client-s3';
import { plainBucketEndpoint } from '../../../infra/constructs/left-out/plain-bucket-endpoint.ts';

const { endpointProvider } = new S3Client({ region: 'eu-central-1' }).config;
const DNS_SUFFIXES: Record<string, string> = {
  'eu-central-1': 'amazonaws.com',
  'us-east-1': 'amazonaws.com',
  'us-gov-west-1': 'amazonaws.com',
  'cn-north-1': 'amazonaws.com.cn',
  'eusc-de-east-1': 'amazonaws.eu',
};
const partition = (region: string) => ({ dnsSuffix: DNS_SUFFIXES[region]! });
const BUCKETS = ['runs', 'rightsizer-prod-runbucket0a1b2c3d-4e5f', '1st', `a${'b'.repeat(62)}`];
const ENDPOINTS = [
  undefined,
  'http://127.0.0.1:9000',
  'http://localhost:4566',
  'https://s3.vpce.example.com',
  'https://10.0.0.1/below/',
  'http://example.com/below',
];

describe('plainBucketEndpoint', () => {
  it.each(Object.keys(DNS_SUFFIXES))("finds a bucket of %s where S3's own rules find it", (Region) => {
    for (const Bucket of BUCKETS)
      for (const Endpoint of ENDPOINTS)
        for (const ForcePathStyle of [false, true]) {
          const parameters = { Bucket, Region, ForcePathStyle, ...(Endpoint !== undefined && { Endpoint }) };
          expect(plainBucketEndpoint(parameters, partition)).toEqual(endpointProvider(parameters));
        }
  });

  it.each([
    { Bucket: 'arn:aws:s3:eu-central-1:123456789012:accesspoint/mine' },
    { Bucket: 'mine--euc1-az1--x-s3' },
    { Bucket: 'with.dots' },
    { Bucket: 'Upper' },
    { Bucket: 'runs', UseFIPS: true },
    { Bucket: 'runs', UseDualStack: true },
    { Bucket: 'runs', Accelerate: true },
    {},
  ])('refuses what is no plain bucket: %j', (parameters) => {
    expect(() => plainBucketEndpoint({ Region: 'eu-central-1', ...parameters }, partition)).toThrow(
      'tasks reach buckets with a plain name',
    );
  });
});
