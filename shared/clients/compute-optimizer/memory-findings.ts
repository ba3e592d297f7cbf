import {
  ComputeOptimizerClient,
  GetLambdaFunctionRecommendationsCommand,
  type LambdaFunctionMemoryRecommendationOption,
  type LambdaFunctionRecommendation,
} from '@aws-sdk/client-compute-optimizer';
import type { MemoryEvidence } from '../../contracts/evidence.ts';
import type { Place } from '../../domain/organization/place.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';

type Projections = NonNullable<MemoryEvidence['computeOptimizer']>;

/** What Compute Optimizer knows of one function's `$LATEST` over its own look-back of 14 days. */
export interface ComputeOptimizerFinding {
  /** Most memory used, MB; absent where Compute Optimizer had too little to look at. */
  maxMemoryUsedMb?: number;
  projections: Projections;
}

export type ComputeOptimizerAnswer =
  | { available: true; findings: ReadonlyMap<string, ComputeOptimizerFinding> }
  /** The account has not opted in, which is an answer and no outage. */
  | { available: false; reason: string };

/** Compute Optimizer's evidence of every function at once: free, and without scanning logs. */
export interface ComputeOptimizer {
  /** By unqualified function ARN. */
  listFindings(): Promise<ComputeOptimizerAnswer>;
}

const PERMISSION = 'compute-optimizer:GetLambdaFunctionRecommendations';
/** The API's largest page. */
const PAGE_SIZE = 1_000;
const NOT_OPTED_IN = ['OptInRequiredException'];

export function createComputeOptimizer(clients: PlaceClients = HERE, place?: Place): ComputeOptimizer {
  return {
    listFindings: async () => {
      try {
        return { available: true, findings: await readFindings(clients.at(ComputeOptimizerClient, place)) };
      } catch (error) {
        if (!isNamed(error, NOT_OPTED_IN)) throw error;
        return { available: false, reason: 'the account is not opted in to Compute Optimizer' };
      }
    },
  };
}

async function readFindings(client: ComputeOptimizerClient): Promise<Map<string, ComputeOptimizerFinding>> {
  const findings = new Map<string, ComputeOptimizerFinding>();
  let nextToken: string | undefined;
  do {
    const input = { maxResults: PAGE_SIZE, ...(nextToken && { nextToken }) };
    const page = await callAws(PERMISSION, () => client.send(new GetLambdaFunctionRecommendationsCommand(input)));
    for (const each of page.lambdaFunctionRecommendations ?? []) {
      if (isLatest(each)) findings.set(unqualified(each.functionArn!), asFinding(each));
    }
    nextToken = page.nextToken;
  } while (nextToken);
  return findings;
}

/** Findings are per version; a published version's says nothing about the configuration we may change. */
function isLatest({ functionArn, functionVersion }: LambdaFunctionRecommendation): boolean {
  return functionArn !== undefined && (functionVersion === undefined || functionVersion === '$LATEST');
}

/** `arn:aws:lambda:region:account:function:name` has seven parts; the eighth is the qualifier. */
const unqualified = (arn: string): string => arn.split(':').slice(0, 7).join(':');

function asFinding(each: LambdaFunctionRecommendation): ComputeOptimizerFinding {
  const memory = each.utilizationMetrics?.find((metric) => metric.name === 'Memory' && metric.statistic === 'Maximum');
  return {
    ...(memory?.value && { maxMemoryUsedMb: memory.value }),
    projections: (each.memorySizeRecommendationOptions ?? []).flatMap(asProjection),
  };
}

function asProjection(option: LambdaFunctionMemoryRecommendationOption): Projections {
  const duration = (statistic: string): number | undefined =>
    option.projectedUtilizationMetrics?.find((each) => each.name === 'Duration' && each.statistic === statistic)?.value;
  const expected = duration('Expected');
  if (option.memorySize === undefined || expected === undefined) return [];
  const lower = duration('LowerBound');
  const upper = duration('UpperBound');
  return [
    {
      memorySizeMb: option.memorySize,
      expectedDurationMs: expected,
      ...(lower !== undefined && { lowerDurationMs: lower }),
      ...(upper !== undefined && { upperDurationMs: upper }),
    },
  ];
}
