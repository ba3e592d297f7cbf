import {
  type GetEnrollmentStatusCommandInput,
  type GetEnrollmentStatusCommandOutput,
  type GetLambdaFunctionRecommendationsCommandInput,
  type GetLambdaFunctionRecommendationsCommandOutput,
  InvalidParameterValueException,
  type LambdaFunctionRecommendation,
  OptInRequiredException,
} from '@aws-sdk/client-compute-optimizer';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { cutPage } from '../core/pages.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { FunctionStore } from '../lambda/function-store.ts';
import { parseFunctionName } from '../lambda/qualified-name.ts';
import { recommendationFor } from './recommendation.ts';

const DAY_MS = 86_400_000;
/** "The maximum number of Lambda function recommendations to return with a single request": 1,000. */
const MOST_PER_PAGE = 1_000;
const DEFAULT_PER_PAGE = 100;
const MOST_FUNCTION_ARNS = 100;

/** Compute Optimizer for Lambda, refreshed once a day. */
export class ComputeOptimizerService implements Service {
  readonly name = 'ComputeOptimizer';
  readonly operations: Readonly<Record<string, Operation>>;
  /** False: every call fails with OptInRequiredException, as in an account that never opted in. */
  isEnrolled = true;
  private readonly context: AccountContext;
  private readonly functions: FunctionStore;

  constructor(context: AccountContext, functions: FunctionStore) {
    this.context = context;
    this.functions = functions;
    this.operations = {
      GetEnrollmentStatus: operation<GetEnrollmentStatusCommandInput, GetEnrollmentStatusCommandOutput>([], () => ({
        status: this.isEnrolled ? 'Active' : 'Inactive',
        memberAccountsEnrolled: false,
        lastUpdatedTimestamp: new Date(this.refreshedAtMs()),
        numberOfMemberAccountsOptedIn: 0,
      })),
      GetLambdaFunctionRecommendations: this.getRecommendations(),
    };
  }

  private refreshedAtMs(): number {
    return Math.floor(this.context.clock.now() / DAY_MS) * DAY_MS;
  }

  private getRecommendations(): Operation {
    return operation<GetLambdaFunctionRecommendationsCommandInput, GetLambdaFunctionRecommendationsCommandOutput>(
      ['functionArns', 'accountIds', 'filters', 'nextToken', 'maxResults'],
      (input) => {
        this.checkAccess(input.accountIds);
        const wanted = this.functionsFor(input.functionArns);
        // Pages are cut before anything is computed; filters apply within a page, which may come out short or empty.
        const size = Math.min(input.maxResults ?? DEFAULT_PER_PAGE, MOST_PER_PAGE);
        const page = cutPage(wanted, (record) => record.name, size, input.nextToken);
        if (!page) throw invalid('The next token is not valid.');
        const all = page.items.map((record) =>
          recommendationFor(record, this.context.telemetry(), this.context.accountId, this.refreshedAtMs()),
        );
        const filters = input.filters ?? [];
        const lambdaFunctionRecommendations = all.filter(
          (found): found is LambdaFunctionRecommendation =>
            found !== undefined && filters.every((filter) => passes(found, filter)),
        );
        return { lambdaFunctionRecommendations, nextToken: page.next };
      },
    );
  }

  private checkAccess(accountIds: readonly string[] | undefined): void {
    if (!this.isEnrolled) {
      const message = `Aws account ${this.context.accountId} is not registered for recommendation.`;
      throw new OptInRequiredException({ message, $metadata: { httpStatusCode: 403 } });
    }
    if (accountIds?.some((id) => id !== this.context.accountId)) {
      throw new UnsupportedByAccountError('recommendations of other accounts');
    }
  }

  private functionsFor(arns: readonly string[] | undefined) {
    if (!arns || arns.length === 0) return this.functions.all();
    if (arns.length > MOST_FUNCTION_ARNS) throw invalid(`at most ${MOST_FUNCTION_ARNS} function ARNs`);
    const names = new Set(arns.map((functionArn) => parseFunctionName(functionArn).name));
    return this.functions.all().filter((record) => names.has(record.name));
  }
}

function passes(
  found: LambdaFunctionRecommendation,
  filter: NonNullable<GetLambdaFunctionRecommendationsCommandInput['filters']>[number],
): boolean {
  const values: readonly string[] = filter.values ?? [];
  if (filter.name === 'Finding') return values.includes(found.finding!);
  if (filter.name === 'FindingReasonCode')
    return (found.findingReasonCodes ?? []).some((code) => values.includes(code));
  throw new UnsupportedByAccountError(`GetLambdaFunctionRecommendations with filter ${filter.name}`);
}

function invalid(message: string): Error {
  return new InvalidParameterValueException({ message, $metadata: { httpStatusCode: 400 } });
}
