import type { RunRecord } from '../../../../shared/contracts/ledger.ts';
import type { ListQuery } from '../request/list-query.ts';
import type { ProposalView } from './proposal-view.ts';
import type { QuestionView } from './question-view.ts';

/** Everything a run's page is rendered from. */
export interface PageModel {
  readonly run: RunRecord;
  /** Every proposal of the run. */
  readonly views: readonly ProposalView[];
  /** Those the query asks for. */
  readonly matching: readonly ProposalView[];
  /** The same as rows, sorted. */
  readonly questions: readonly QuestionView[];
  /** Those of them on this page. */
  readonly rows: readonly QuestionView[];
  readonly query: ListQuery;
  readonly pageCount: number;
  readonly pagePath: string;
  /** Absent once nothing can be decided any more. */
  readonly nonce: string | undefined;
  /** What came of the form just sent. */
  readonly notice: string | undefined;
  /** Who reads, where they signed in; else they are asked for a name. */
  readonly signedInAs: string | undefined;
  /** Whether they can sign out here; not where API Gateway's own authorizer stands before the page. */
  readonly signsOut: boolean;
  readonly nowMs: number;
  readonly timeZone: string;
}
