import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { LedgerItem } from './ledger-snapshot.ts';
import type { World } from './world.ts';

/** Memory and timeout of every function, by name. */
export type Sizes = ReadonlyMap<string, { memorySizeMb: number; timeoutSeconds: number }>;

interface Change {
  functionName: string;
  status: string;
  before: { memorySizeMb: number; timeoutSeconds: number };
  after: { memorySizeMb: number; timeoutSeconds: number };
  decision?: { decision: string; at: string; by: { kind: string; name: string }; onlyThisStep?: boolean };
  startedAt: string;
  runId: string;
}

export interface NightEvidence {
  ledger: readonly LedgerItem[];
  /** Sizes when the night began. */
  before: Sizes;
  report: { excluded: { functionName: string }[]; assessed: { functionName: string }[] } | undefined;
}

/**
 * What must hold after every night, checked from the outside: by the account's own state and the table's raw items,
 * with none of the handlers' code. Each violation is one sentence.
 */
export function findViolations(world: World, night: NightEvidence): string[] {
  // Raw items of the table, read from outside on purpose: the sort key says which record each is.
  const changes = night.ledger.filter(({ sk }) => sk.startsWith('CHANGE#')) as unknown as Change[];
  return [
    ...changesWithoutConsent(changes, night.ledger),
    ...unexplainedConfigurations(world, night.before, changes),
    ...unaccountedFunctions(night),
    ...unexplainedWeights(world, changes),
    ...staleOpenings(night.ledger),
    ...leakedSecrets(world, night.ledger),
    ...world.account.iam.refusals,
  ];
}

/** The account's sizes at this moment. */
export function sizesNow({ account }: World): Sizes {
  const functions = account.lambda.functions.all();
  return new Map(
    functions.map(({ name, configuration }) => [
      name,
      { memorySizeMb: configuration.MemorySize ?? 0, timeoutSeconds: configuration.Timeout ?? 0 },
    ]),
  );
}

function changesWithoutConsent(changes: readonly Change[], ledger: readonly LedgerItem[]): string[] {
  const proposals = new Map(
    ledger.filter(({ sk }) => sk.startsWith('PROPOSAL#')).map((item) => [`${item.pk}/${item.sk}`, item]),
  );
  return changes.flatMap(({ functionName, runId, decision, startedAt, after }) => {
    const proposal = proposals.get(`RUN#${runId}/PROPOSAL#${functionName}`);
    const consented = decision?.decision === 'approved' && Boolean(decision.by.name) && decision.at <= startedAt;
    const isAnswered =
      decision?.by.kind !== 'consent' || isCovered({ functionName, after, startedAt }, changes, proposals);
    if (consented && isAnswered && proposal?.['status'] === 'approved') return [];
    return [`${functionName} was changed by ${runId} without a recorded approval before it`];
  });
}

/** Whether a person approved an earlier change of the function with further steps that this one is among. */
function isCovered(
  { functionName, after, startedAt }: Pick<Change, 'functionName' | 'after' | 'startedAt'>,
  changes: readonly Change[],
  proposals: ReadonlyMap<string, LedgerItem>,
): boolean {
  return changes.some(({ decision, runId, ...earlier }) => {
    if (earlier.functionName !== functionName || earlier.startedAt >= startedAt) return false;
    if (decision === undefined || ['consent', 'policy'].includes(decision.by.kind) || decision.onlyThisStep)
      return false;
    const { covers } = (proposals.get(`RUN#${runId}/PROPOSAL#${functionName}`) ?? {}) as Partial<ProposalRecord>;
    return (
      covers !== undefined &&
      startedAt < covers.until &&
      after.memorySizeMb >= covers.leastMemorySizeMb &&
      after.memorySizeMb <= covers.mostMemorySizeMb
    );
  });
}

function unexplainedConfigurations(world: World, before: Sizes, changes: readonly Change[]): string[] {
  return [...sizesNow(world)].flatMap(([functionName, now]) => {
    const then = before.get(functionName);
    const allowed = changes
      .filter((each) => each.functionName === functionName)
      .flatMap((each) => [each.before, each.after]);
    const known = [...(then ? [then] : []), ...allowed];
    if (known.some((each) => each.memorySizeMb === now.memorySizeMb && each.timeoutSeconds === now.timeoutSeconds))
      return [];
    return [`${functionName} has ${now.memorySizeMb} MB and ${now.timeoutSeconds} s, which nobody approved`];
  });
}

/** Nobody but us shifts traffic in the demo, and after a night only what is watched may still be shifting. */
function unexplainedWeights({ account }: World, changes: readonly Change[]): string[] {
  const watched = new Set(
    changes.filter(({ status }) => status === 'Watching').map(({ functionName }) => functionName),
  );
  return account.lambda.functions
    .all()
    .flatMap(({ name, aliases }) =>
      [...aliases.values()]
        .filter(({ RoutingConfig }) => RoutingConfig !== undefined && !watched.has(name))
        .map(({ Name }) => `alias ${Name} of ${name} still has weights after its change was settled`),
    );
}

function unaccountedFunctions({ report, before }: NightEvidence): string[] {
  if (report === undefined) return ['the night left no report'];
  const seen = new Map<string, number>();
  for (const { functionName } of [...report.excluded, ...report.assessed])
    seen.set(functionName, (seen.get(functionName) ?? 0) + 1);
  const twice = [...seen].filter(([, times]) => times > 1).map(([name]) => `${name} is accounted for more than once`);
  const missing = [...before.keys()].filter((name) => !seen.has(name)).map((name) => `${name} is not accounted for`);
  return [...twice, ...missing];
}

/** When a night is over nothing may stay open but what is watched, and that has a change behind it. */
function staleOpenings(ledger: readonly LedgerItem[]): string[] {
  // As above.
  const functions = ledger.filter(({ sk }) => sk === 'STATE') as unknown as {
    functionName: string;
    open?: { kind: string; runId: string };
  }[];
  return functions.flatMap(({ functionName, open }) => {
    if (open === undefined) return [];
    const change = ledger.find(({ pk, sk }) => pk === `FUNCTION#${functionName}` && sk === `CHANGE#${open.runId}`);
    if (open.kind === 'watching' && change?.['status'] === 'Watching') return [];
    return [`${functionName} still has an open ${open.kind} of ${open.runId} after the night`];
  });
}

function leakedSecrets({ account }: World, ledger: readonly LedgerItem[]): string[] {
  const tokens = ledger.filter(({ sk }) => sk.startsWith('TOKEN#')).map((item) => String(item['taskToken']));
  const mails = account.sns.inbox.map(({ message }) => message).join('\n');
  const links = [...mails.matchAll(/\/runs\/([\w-]+)/g)].map(([, id]) => id ?? '');
  const stored = JSON.stringify(ledger);
  return [
    ...tokens.filter((token) => mails.includes(token)).map(() => 'a mail holds a task token'),
    ...links.filter((id) => stored.includes(id)).map(() => 'the ledger holds a link’s id in clear'),
  ];
}
