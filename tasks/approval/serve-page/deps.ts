import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import type { SignInDeps } from './sign-in/deps.ts';

/** What the page reads and the one thing it writes. */
export type PageLedger = Pick<Ledger, 'findRunIdByLink' | 'getRun' | 'listProposals' | 'listOpenChanges' | 'decide'>;

/** Lines carry what happened and how often; never link ids, nonces, names or notes. */
export interface PageLog {
  info(message: string, facts: Record<string, string | number>): void;
  warn(message: string, facts: Record<string, string | number>): void;
  error(message: string, error: Error): void;
}

export interface DecideDeps {
  readonly ledger: PageLedger;
  /** A night's page by its key in the run bucket; throws ArtifactMissingError where it is not. */
  readNightPage(key: string): Promise<string>;
  readonly log: PageLog;
  /** Time zone in which times are written where no script rewrites them to the reader's own. */
  readonly timeZone: string;
  /** Where people must sign in; absent where the link alone opens the page. */
  readonly signIn?: SignInDeps | undefined;
}
