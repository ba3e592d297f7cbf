import type { AnalyzeOutput } from '../../../shared/contracts/assessment.ts';
import { parseAnalyzeInput } from '../../../shared/contracts/evidence.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { SourceUnavailableError } from '../../../shared/errors.ts';
import { assessFunction } from './assess-function.ts';

/**
 * Decides one function; needs no AWS.
 *
 * @throws SourceUnavailableError where its metrics could not be read, though others' of its batch could
 */
export async function analyze(event: unknown): Promise<AnalyzeOutput> {
  const input = parseAnalyzeInput(event);
  if (input.metricsUnavailable !== undefined) throw new SourceUnavailableError(input.metricsUnavailable);
  return { schemaVersion: SCHEMA_VERSION, assessment: assessFunction(input) };
}
