import { artifactKey, createArtifacts } from '../../../../shared/clients/artifacts/artifacts.ts';
import { awsError, fakeAws } from './fake-aws.ts';

const body = (text: string) => ({ Body: { transformToString: async () => text } });
let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

describe('createArtifacts', () => {
  it('writes JSON under the key', async () => {
    aws = fakeAws({ PutObject: () => ({}) });
    await createArtifacts('runs').writeJson('a/b.json', { answer: 42 });
    const input = aws.calls[0]!.input as { Body: Uint8Array };
    expect(input).toMatchObject({ Bucket: 'runs', Key: 'a/b.json', ContentType: 'application/json' });
    expect(Buffer.from(input.Body).toString()).toBe('{"answer":42}');
  });

  it('reads and parses', async () => {
    aws = fakeAws({ GetObject: () => body('[1,2]') });
    const sum = await createArtifacts('runs').readJson('a.json', (value) => (value as number[]).length);
    expect(sum).toBe(2);
  });

  it.each([
    [
      'is not there',
      () => {
        throw awsError('NoSuchKey', 'client', 404);
      },
    ],
    ['is not JSON', () => body('{"half')],
    ['is empty', () => body('')],
  ])('fails as missing when the object %s', async (_what, answer) => {
    aws = fakeAws({ GetObject: answer });
    const reading = createArtifacts('runs').readJson('a.json', (value) => value);
    await expect(reading).rejects.toMatchObject({
      name: 'ArtifactMissing',
      message: expect.stringContaining('s3://runs/a.json'),
    });
  });

  it('names the permission when reading is denied', async () => {
    aws = fakeAws({
      GetObject: () => {
        throw awsError('AccessDenied', 'client', 403);
      },
    });
    const reading = createArtifacts('runs').readJson('a.json', (value) => value);
    await expect(reading).rejects.toMatchObject({
      name: 'InvalidConfiguration',
      message: expect.stringContaining('s3:GetObject'),
    });
  });
});

describe('artifactKey', () => {
  it.each(['runs/1', 'runs/1/'])('puts the name under the prefix %s', (prefix) => {
    aws = fakeAws({});
    expect(artifactKey({ artifacts: { prefix } }, 'manifest.json')).toBe('runs/1/manifest.json');
  });
});
