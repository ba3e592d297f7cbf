import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { recommendJsonLines } from '../../../../cli/recommend/recommend-json-lines.ts';
import { isFamiliarSize } from '../../../../shared/domain/night/recommendation/familiar-sizes.ts';

const request = {
  id: 'a',
  functionName: 'orders',
  architecture: 'arm64',
  timeoutSeconds: 30,
  strategy: 'balanced',
  currentMemorySizeMb: 128,
  observations: [{ memorySizeMb: 128, invocations: 900, meanDurationMs: 2_000, maxMemoryUsedMb: 70 }],
};

async function answersTo(lines: readonly string[]): Promise<Record<string, unknown>[]> {
  const output = new PassThrough();
  const written = text(output);
  await recommendJsonLines(Readable.from(lines.map((line) => `${line}\n`)), output);
  output.end();
  return (await written)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('recommendJsonLines', () => {
  test('answers each request in order', async () => {
    const answers = await answersTo([JSON.stringify(request), '', JSON.stringify({ ...request, id: 'b' })]);

    expect(answers.map((each) => each['id'])).toEqual(['a', 'b']);
    expect(answers[0]).toMatchObject({ finding: 'NotOptimized', recommendedMemorySizeMb: expect.any(Number) });
    expect(answers[0]).toHaveProperty('predicted.meanDurationMs');
    expect(answers[0]).toHaveProperty('candidates.0.memorySizeMb');
    expect(answers[0]).toHaveProperty('reason', expect.stringContaining('of 128 MB'));
  });

  test('answers a bad line with every problem and goes on', async () => {
    const bad = { ...request, id: 'bad', strategy: 'x', timeoutSeconds: 0 };
    const answers = await answersTo([JSON.stringify(bad), '{', JSON.stringify(request)]);

    expect(answers[0]).toEqual({
      id: 'bad',
      error:
        'timeoutSeconds must be a number above 0, got 0; strategy must be one of cost, balanced, speed, brief-rules, got "x"',
    });
    expect(answers[1]).toEqual({ id: null, error: expect.stringContaining('line is not JSON') });
    expect(answers[2]).toHaveProperty('recommendedMemorySizeMb');
  });

  test('answers before the input ends', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const done = recommendJsonLines(input, output);
    input.write(`${JSON.stringify(request)}\n`);
    const [first] = await new Promise<Buffer[]>((resolve) => output.once('data', (chunk: Buffer) => resolve([chunk])));
    input.end();
    await done;

    expect(JSON.parse(String(first))).toHaveProperty('id', 'a');
  });

  describe('of a function whose traffic nobody tells', () => {
    /** Some of its time computing: what to try next is a small step. */
    const asked = (currentMemorySizeMb: number, further: object = {}) =>
      JSON.stringify({
        ...request,
        strategy: 'cost',
        currentMemorySizeMb,
        observations: [
          {
            memorySizeMb: currentMemorySizeMb,
            invocations: 90_000,
            meanDurationMs: 600 + (300 * 1769) / currentMemorySizeMb,
            maxMemoryUsedMb: 90,
          },
        ],
        ...further,
      });
    const sizes = async (...lines: string[]) => (await answersTo(lines)).map((each) => each['recommendedMemorySizeMb']);

    test('answers in sizes that people write where that is asked for', async () => {
      const answered = await sizes(
        ...[512, 1024, 1536, 2048, 3008].map((sizeMb) => asked(sizeMb, { familiarSizes: true })),
      );
      for (const sizeMb of answered) expect([sizeMb, isFamiliarSize(Number(sizeMb))]).toEqual([sizeMb, true]);
      expect(answered).not.toEqual([512, 1024, 1536, 2048, 3008]);
    });

    test('answers as finely as the model likes by itself', async () => {
      const [exact] = await sizes(asked(1024));
      expect([exact, isFamiliarSize(Number(exact))]).toEqual([931, false]);
    });

    test('says why a size is exact where its memory use decides', async () => {
      const observations = [512, 384, 256].map((memorySizeMb) => ({
        ...{ memorySizeMb, invocations: 90_000, meanDurationMs: 600, maxMemoryUsedMb: 200 },
      }));
      const [answer] = await answersTo([asked(256, { observations, familiarSizes: true })]);
      expect(answer).toMatchObject({
        recommendedMemorySizeMb: 221,
        reason: expect.stringContaining('exactly 221 MB because that is the least its memory use allows'),
      });
    });

    test('rejects a wish for sizes that is neither yes nor no', async () => {
      const [answer] = await answersTo([asked(1024, { familiarSizes: 'yes' })]);
      expect(answer!['error']).toContain('familiarSizes must be true or false, got "yes"');
    });
  });
});
