import { REMEDIATION_OUTCOMES } from '../../../../../shared/contracts/remediation.ts';
import { isFailure, isWorthAMail, TOLD_OUTCOMES } from '../../../../../shared/domain/remediation/outcomes.ts';
import { proposalOutcomeOf } from '../../../../../shared/domain/remediation/question.ts';

/** What becomes of each end of a remediation: whether it counts as failed, is mailed, and how the page calls it. */
const ENDS = {
  Cleared: ['', 'mailed', 'Verified'],
  Optimizing: ['', 'mailed', 'Verified'],
  NotCleared: ['failed', 'mailed', 'Unverified'],
  TakenBack: ['failed', 'mailed', 'RolledBack'],
  Undone: ['', 'mailed', 'RolledBack'],
  Failed: ['failed', 'mailed', 'Failed'],
  Refused: ['failed', 'mailed', 'Refused'],
  AskedFirst: ['', '', 'Refused'],
  Ignored: ['', '', 'Refused'],
  CoolingDown: ['', '', 'Refused'],
  Duplicate: ['', '', 'Refused'],
} as const;

it.each(Object.entries(ENDS))('%s is %j', (name, [failed, mailed, onPage]) => {
  const outcome = REMEDIATION_OUTCOMES.find((each) => each === name)!;
  expect([
    isFailure(outcome) ? 'failed' : '',
    isWorthAMail(outcome) ? 'mailed' : '',
    proposalOutcomeOf(outcome),
  ]).toEqual([failed, mailed, onPage]);
});

it('tells channels of every end but those that people know of or need not know', () => {
  const untold = REMEDIATION_OUTCOMES.filter((each) => !TOLD_OUTCOMES.includes(each));
  expect([...untold].sort()).toEqual(['CoolingDown', 'Duplicate', 'Ignored']);
});
