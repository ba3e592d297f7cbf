/**
 * `rightsizer recommend --jsonl`: one JSON request a line in, one JSON answer a line out, in order and as they come.
 * Where a request tells of its traffic (`requestsPerMonth`), or says `"familiarSizes": true`, sizes are ones that people write; else
 * they are what the model would choose by itself, in steps as fine as it likes. A bad line is answered with `{"id","error"}` naming every problem, and the stream goes on.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { parseRecommendationRequest } from '../../shared/domain/night/recommendation/parse-request.ts';
import { recommend } from '../../shared/domain/night/recommendation/recommend.ts';

/** Answers every non-empty line of `input` on `output`; resolves when the input ends and all answers are written. */
export async function recommendJsonLines(input: Readable, output: Writable): Promise<void> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() === '') continue;
    if (!output.write(`${answerLine(line)}\n`)) await once(output, 'drain');
  }
}

/** The answer to one line, as JSON text. */
export function answerLine(line: string): string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return failure(null, `line is not JSON: ${(error as Error).message}`);
  }
  const parsed = parseRecommendationRequest(value);
  if (!parsed.ok) return failure(idOf(value), parsed.problems.join('; '));
  try {
    return JSON.stringify(recommend(parsed.request));
  } catch (error) {
    return failure(parsed.request.id, `request cannot be answered: ${(error as Error).message}`);
  }
}

function failure(id: unknown, error: string): string {
  return JSON.stringify({ id, error });
}

/** Whatever the line calls itself, so that the sender can find it again; null when it does not say. */
function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? (value.id ?? null) : null;
}
