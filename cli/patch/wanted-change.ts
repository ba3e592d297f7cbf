import type { FunctionConfiguration } from '../../shared/contracts/assessment.ts';

/** What a source should say after it is patched: the two sizes, and who owns the function as its tags tell. */
export interface WantedChange {
  functionName: string;
  runId: string;
  before: FunctionConfiguration;
  after: FunctionConfiguration;
  stackName?: string;
  logicalId?: string;
}
