import { wireAnswer, wireError } from '../../../../bench/own-memory/wire.ts';

const S3 = { readBytes: (bucket: string, key: string) => Buffer.from(`${bucket}/${key}`) };
const textOf = ({ body }: { body: Uint8Array }): string => Buffer.from(body).toString();

describe('wireAnswer', () => {
  it('writes JSON with times in seconds and bytes as base64, without what the SDK adds', () => {
    const output = { $metadata: {}, At: new Date(1_500), Bytes: Buffer.from('a'), Inside: { At: new Date(0) } };
    const answer = wireAnswer('DynamoDB.GetItem', {}, output, S3);
    expect(JSON.parse(textOf(answer))).toEqual({ At: 1.5, Bytes: 'YQ==', Inside: { At: 0 } });
  });

  it("hands an object's bytes over, with what describes them in headers", () => {
    const answer = wireAnswer('S3.GetObject', { Bucket: 'runs', Key: 'a' }, { ETag: '"1"', ContentType: 'x/y' }, S3);
    expect(textOf(answer)).toBe('runs/a');
    expect(answer.headers).toEqual({ etag: '"1"', 'content-type': 'x/y' });
  });

  it('writes lists of S3 flat, and escapes what would be XML', () => {
    const answer = wireAnswer('S3.ListObjectsV2', {}, { Contents: [{ Key: 'a&b' }, { Key: 'c' }] }, S3);
    expect(textOf(answer)).toBe(
      '<ListBucketResult><Contents><Key>a&amp;b</Key></Contents><Contents><Key>c</Key></Contents></ListBucketResult>',
    );
  });

  it('writes lists of query services with members, and attributes as a map', () => {
    const fields = { Attributes: { Owner: '1' }, Topics: [{ TopicArn: 't' }] };
    expect(textOf(wireAnswer('SNS.Get', {}, fields, S3))).toBe(
      '<GetResponse><GetResult><Attributes><entry><key>Owner</key><value>1</value></entry></Attributes>' +
        '<Topics><member><TopicArn>t</TopicArn></member></Topics></GetResult></GetResponse>',
    );
  });
});

describe('wireError', () => {
  const refused = (status?: number) =>
    Object.assign(new Error('no'), { name: 'Refused', ...(status && { $metadata: { httpStatusCode: status } }) });

  it("names a JSON service's error in the body and in the header", () => {
    const answer = wireError('Lambda.GetPolicy', refused(404));
    expect(answer).toMatchObject({ status: 404, headers: { 'x-amzn-errortype': 'Refused' } });
    expect(JSON.parse(textOf(answer))).toMatchObject({ __type: 'Refused', message: 'no' });
  });

  it.each([
    ['S3.GetObject', /^<Error>.*<Code>Refused<\/Code>/],
    ['SNS.Publish', /^<ErrorResponse><Error>.*<Code>Refused<\/Code>/],
  ])('names the error of %s in XML', (call, xml) => {
    const answer = wireError(call, refused());
    expect(answer.status).toBe(400);
    expect(textOf(answer)).toMatch(xml);
  });
});
