import type { AnalyzeOutput } from '../../../shared/contracts/assessment.ts';
import { parseAnalyzeInput } from '../../../shared/contracts/evidence.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { assessFunction } from './assess-function.ts';

/** Decides one function; needs no AWS. */
export async function analyze(event: unknown): Promise<AnalyzeOutput> {
  return { schemaVersion: SCHEMA_VERSION, assessment: assessFunction(parseAnalyzeInput(event)) };
}
