/** One spot of the sources and what stands there once it is broken. */
export interface Spot {
  /** Relative to the repository. */
  readonly file: string;
  /** Must stand in the file exactly once. */
  readonly search: string;
  readonly replace: string;
}

/** A promise of the product, broken on purpose. */
export interface Breakage {
  readonly name: string;
  readonly spot: Spot;
  /** Test files, or folders of them, of which one has to notice. */
  readonly tests: readonly string[];
}

const LEDGER = 'test/unit/shared/clients/ledger';
const CHANGE = 'shared/domain/night/change/decide-application.ts';
const CHANGE_TESTS = ['test/unit/shared/domain/night/change/decide-application.test.ts'];
const EXCLUSION = 'shared/domain/night/eligibility/exclusion.ts';
const EXCLUSION_TESTS = ['test/unit/shared/domain/night/eligibility/exclusion.test.ts'];
const REMEDIATE = 'tasks/remediation/remediate/remediate.ts';
const REMEDIATE_TESTS = ['test/unit/tasks/remediation/remediate/remediate.test.ts'];
const PAGE_TESTS = ['test/hostile/page.test.ts'];

const at = (file: string, search: string, replace: string): Spot => ({ file, search, replace });

/** The product's promises about safety and consent; docs/testing.md says what each is. */
export const BREAKAGES: readonly Breakage[] = [
  {
    name: 'RevisionId not sent',
    spot: at('shared/clients/lambda/function-configuration.ts', '      RevisionId: revisionId,\n', ''),
    tests: ['test/unit/shared/clients/function-configuration.test.ts'],
  },
  {
    name: 'drift not checked',
    spot: at(CHANGE, 'if (!sameConfiguration(live, change.before)) {', 'if (false) {'),
    tests: CHANGE_TESTS,
  },
  {
    name: 'nonce not checked',
    spot: at(
      'tasks/approval/serve-page/decisions/take-decisions.ts',
      "if (verdict !== 'valid') return",
      'if (false) return',
    ),
    tests: PAGE_TESTS,
  },
  {
    name: 'conditional decision made unconditional',
    spot: at(
      'shared/clients/ledger/proposals.ts',
      'expression: `${isPending.expression} AND expiresAt > :now`',
      'expression: `attribute_exists(pk) OR ${isPending.expression} OR expiresAt > :now`',
    ),
    tests: [LEDGER],
  },
  {
    name: 'consent not read by ApplyChange',
    spot: at(
      'tasks/night/apply-change/apply-change.ts',
      "if (proposal?.status !== 'approved' || !proposal.decision)",
      'if (!proposal?.decision)',
    ),
    tests: ['test/unit/tasks/night/apply-change/apply-change.test.ts'],
  },
  {
    name: 'code hash not checked',
    spot: at(
      CHANGE,
      'if (live.codeSha256 !== change.before.codeSha256)\n    return refuse',
      'if (false)\n    return refuse',
    ),
    tests: CHANGE_TESTS,
  },
  {
    name: 'memory floor ignored',
    spot: at(
      'shared/domain/night/recommendation/memory-sizes.ts',
      'Math.max(minMb, memoryFloorMb(request))',
      'Math.max(minMb, 0)',
    ),
    tests: ['test/unit/shared/domain/night/recommendation/recommend.test.ts'],
  },
  {
    name: 'own stack not excluded',
    spot: at(EXCLUSION, "  ['OwnPipeline', ownPipeline],\n", ''),
    tests: EXCLUSION_TESTS,
  },
  {
    name: 'pace of changes not kept',
    spot: at('shared/clients/ledger/turns.ts', '{ nextAtMs: lengthMs } };', '{ nextAtMs: 0 } };'),
    tests: [LEDGER],
  },
  {
    name: 'verdict inverted',
    spot: at(
      'shared/domain/night/verification/judge-change.ts',
      "if (harm !== undefined) return { verdict: 'worse', reason: harm };",
      "if (harm !== undefined) return { verdict: 'better', reason: harm };",
    ),
    tests: ['test/unit/shared/domain/night/verification/judge-change.test.ts'],
  },
  {
    name: "rollback over somebody else's change",
    spot: at(CHANGE, 'if (!sameConfiguration(live, change.after)) {', 'if (false) {'),
    tests: CHANGE_TESTS,
  },
  {
    name: 'settled changes counted as proposals',
    spot: at('shared/domain/night/summary/summarize.ts', 'proposed: changed.length', 'proposed: all.length'),
    tests: ['test/unit/shared/domain/night/summary/summarize.test.ts'],
  },
  {
    name: 'cool-down ignored by the night',
    spot: at(EXCLUSION, "  ['CoolingDown', coolingDown],\n", ''),
    tests: EXCLUSION_TESTS,
  },
  {
    name: 'cool-down ignored by remediation',
    spot: at(
      REMEDIATE,
      "if (resting !== undefined) return settle(record, 'CoolingDown'",
      "if (false) return settle(record, 'CoolingDown'",
    ),
    tests: REMEDIATE_TESTS,
  },
  {
    name: 'budget ignored',
    spot: at(
      REMEDIATE,
      'if (!(await remediations.takeFromBudget({ ...claim, maximumPerDay })))',
      'if ((await remediations.takeFromBudget({ ...claim, maximumPerDay })) === undefined)',
    ),
    tests: REMEDIATE_TESTS,
  },
  {
    name: 'link expiry ignored',
    spot: at(
      'tasks/approval/serve-page/request/open-link.ts',
      'closedAt !== undefined && nowMs > Date.parse(closedAt) + READABLE_MS;',
      'closedAt !== undefined && nowMs < 0;',
    ),
    tests: PAGE_TESTS,
  },
  {
    name: 'opt-out tag ignored',
    spot: at(EXCLUSION, "  ['OptedOut', optedOut],\n", ''),
    tests: EXCLUSION_TESTS,
  },
  {
    name: 'timeout raised past its callers',
    spot: at(
      'shared/domain/night/eligibility/caller-limit.ts',
      'if (limit === undefined || recommended.timeoutSeconds <=',
      'if (true || limit === undefined || recommended.timeoutSeconds <=',
    ),
    tests: ['test/unit/shared/domain/night/eligibility/caller-limit.test.ts'],
  },
  {
    name: 'a token in a log line',
    spot: at(
      'tasks/approval/deliver-decision/deliver-decision.ts',
      "logger.info('decision delivered', { runId, functionName,",
      "logger.info('decision delivered', { token, runId, functionName,",
    ),
    tests: ['test/workflow/approval/secrets.test.ts'],
  },
  {
    name: 'lease not taken',
    spot: at(
      'tasks/night/start-run/start-run.ts',
      'if (taken.acquired) return undefined;',
      'if (taken) return undefined;',
    ),
    tests: ['test/unit/tasks/night/start-run/start-run.test.ts'],
  },
];
