import type { ExclusionReason } from '../../../../../../shared/contracts/manifest.ts';
import { exclusionFor, type FunctionFacts } from '../../../../../../shared/domain/night/eligibility/exclusion.ts';
import { functionRecord, listedFunction, STARTED_AT } from '../evidence/builders.ts';

const facts = (changes: Partial<FunctionFacts> = {}): FunctionFacts => ({
  listed: listedFunction(),
  tags: {},
  record: undefined,
  scope: {},
  runId: 'scheduled-2026-11-23',
  ownStackName: 'Rightsizer',
  now: new Date(STARTED_AT),
  ...changes,
});
const open = (kind: 'proposal' | 'change' | 'watching') =>
  functionRecord({ open: { kind, runId: 'scheduled-2026-11-22', since: '2026-11-22T13:10:00.000Z' } });
const lastWritten = { memorySizeMb: 512, timeoutSeconds: 30, at: '2026-11-20T03:00:00.000Z', runId: 'r' };

const EXCLUDED: [string, ExclusionReason, Partial<FunctionFacts>, RegExp][] = [
  ['tagged out', 'OptedOut', { tags: { 'rightsizer:exclude': 'yes' } }, /remove it/],
  ['tagged out with no value', 'OptedOut', { tags: { 'rightsizer:exclude': '' } }, /rightsizer:exclude/],
  ['not among the names', 'OutOfScope', { scope: { functionNames: ['billing'] } }, /function names/],
  ['without the prefix', 'OutOfScope', { scope: { functionNamePrefix: 'bill' } }, /"bill"/],
  [
    'with another tag value',
    'OutOfScope',
    { tags: { stage: 'dev' }, scope: { tags: { stage: 'prod' } } },
    /stage is not "prod"/,
  ],
  ['of our own stack', 'OwnPipeline', { tags: { 'aws:cloudformation:stack-name': 'Rightsizer' } }, /own stack/],
  ['a Lambda@Edge replica', 'LambdaAtEdge', { listed: listedFunction({ masterArn: 'arn:master' }) }, /us-east-1/],
  [
    'on Managed Instances',
    'ManagedInstances',
    { listed: listedFunction({ managedInstances: true }) },
    /Managed Instances/,
  ],
  ['durable', 'DurableFunction', { listed: listedFunction({ durable: true }) }, /durable/],
  ['code-signed', 'CodeSigning', { listed: listedFunction({ codeSigned: true }) }, /signed/],
  ['on a blocked runtime', 'DeprecatedRuntime', { listed: listedFunction({ runtime: 'nodejs12.x' }) }, /2023-04-30/],
  [
    'inactive',
    'NotActive',
    { listed: listedFunction({ state: 'Inactive', stateReason: 'idle' }) },
    /Inactive \(idle\)/,
  ],
  ['pending', 'NotActive', { listed: listedFunction({ state: 'Pending' }) }, /^state is Pending; only active/],
  ['with unknown tags', 'SourceUnavailable', { tagsUnavailable: 'denied' }, /tags could not be read.*denied/],
  ['with an unknown past', 'SourceUnavailable', { historyUnavailable: 'throttled' }, /earlier nights.*throttled/],
  ['being updated', 'UpdateInProgress', { listed: listedFunction({ lastUpdateStatus: 'InProgress' }) }, /in progress/],
  ['proposed already', 'OpenProposal', { record: open('proposal') }, /scheduled-2026-11-22/],
  ['being changed', 'OpenChange', { record: open('change') }, /under way/],
  ['watched', 'OpenChange', { record: open('watching') }, /watched/],
  [
    'cooling down',
    'CoolingDown',
    { record: functionRecord({ coolDownUntil: '2026-11-23T02:00:00.001Z' }) },
    /2026-11-23T02:00/,
  ],
  [
    'at another size than we left',
    'RevertedByDeploy',
    { record: functionRecord({ lastWritten }) },
    /512 MB into the template/,
  ],
  [
    'reverted 29 days ago',
    'RevertedByDeploy',
    { record: functionRecord({ revertedByDeployAt: '2026-10-25T02:00:00.000Z' }) },
    /before 2026-11-24/,
  ],
];

describe('exclusionFor', () => {
  it.each(EXCLUDED)('excludes a function %s as %s', (_what, reason, changes, message) => {
    const exclusion = exclusionFor(facts(changes));
    expect(exclusion).toMatchObject({ functionName: 'orders', reason });
    expect(exclusion!.message).toMatch(message);
  });

  it.each<[string, Partial<FunctionFacts>]>([
    ['plain', {}],
    ['whose opt-out tag says false', { tags: { 'rightsizer:exclude': 'False' } }],
    [
      'in scope by name, prefix and tag',
      {
        tags: { stage: 'prod' },
        scope: { functionNames: ['orders'], functionNamePrefix: 'ord', tags: { stage: 'prod' } },
      },
    ],
    ['of another stack', { tags: { 'aws:cloudformation:stack-name': 'Rightsizer-Other' } }],
    ['whose state is not listed', { listed: listedFunction() }],
    ['that is active and updated', { listed: listedFunction({ state: 'Active', lastUpdateStatus: 'Successful' }) }],
    ['from an image, which has no runtime', { listed: listedFunction({ packageType: 'Image' }) }],
    ['on a runtime whose block lies ahead', { listed: listedFunction({ runtime: 'nodejs18.x' }) }],
    ['whose cool-down has just ended', { record: functionRecord({ coolDownUntil: STARTED_AT }) }],
    ['as we left it', { record: functionRecord({ lastWritten: { ...lastWritten, memorySizeMb: 1024 } }) }],
    [
      'proposed by an execution of this very run that died',
      { record: open('proposal'), runId: 'scheduled-2026-11-22' },
    ],
    [
      'proposed longer ago than any approval can wait',
      { record: open('proposal'), now: new Date('2026-11-23T12:10:00Z') },
    ],
    ['reverted 30 days ago', { record: functionRecord({ revertedByDeployAt: '2026-10-24T02:00:00.000Z' }) }],
  ])('keeps a function %s', (_what, changes) => {
    expect(exclusionFor(facts(changes))).toBeUndefined();
  });

  const TAGS_UNKNOWN = { tagsUnavailable: 'AWS denied tag:GetResources' };

  it('leaves a function alone whose tags are unknown, and says why', () => {
    const exclusion = exclusionFor(facts({ ...TAGS_UNKNOWN, record: open('watching') }));
    expect(exclusion).toMatchObject({ reason: 'SourceUnavailable' });
    expect(exclusion!.message).toContain('tag:GetResources');
  });

  const ownName = 'Rightsizer-NightAnalyze1A2B3C4D-pQ7xZ0aBcDeF';
  it.each<[string, ExclusionReason, Partial<FunctionFacts>]>([
    ['out of scope by name', 'OutOfScope', { scope: { functionNamePrefix: 'bill' } }],
    ['our own by name', 'OwnPipeline', { listed: listedFunction({ functionName: ownName }) }],
    ['code-signed', 'CodeSigning', { listed: listedFunction({ codeSigned: true }) }],
    ['on a blocked runtime', 'DeprecatedRuntime', { listed: listedFunction({ runtime: 'nodejs12.x' }) }],
  ])('gives a function %s its lasting reason while tags are unknown', (_what, reason, changes) => {
    expect(exclusionFor(facts({ ...TAGS_UNKNOWN, ...changes }))).toMatchObject({ reason });
  });

  it.each<[string, Partial<FunctionFacts>]>([
    [
      'of another stack whose name begins alike',
      { listed: listedFunction({ functionName: 'Rightsizer-X-Fn1-abcdefgh' }) },
    ],
    ['named by hand after the stack', { listed: listedFunction({ functionName: 'Rightsizer-orders' }) }],
    ['in a run that is limited by tags', { scope: { tags: { stage: 'prod' } } }],
  ])('does not guess a lasting reason of a function %s while tags are unknown', (_what, changes) => {
    expect(exclusionFor(facts({ ...TAGS_UNKNOWN, ...changes }))).toMatchObject({ reason: 'SourceUnavailable' });
  });

  it('takes a name like ours for nothing while tags are known', () => {
    expect(exclusionFor(facts({ listed: listedFunction({ functionName: ownName }) }))).toBeUndefined();
  });

  it('does not call a size reverted while our own change is open', () => {
    const record = functionRecord({ ...open('change'), lastWritten });
    expect(exclusionFor(facts({ record }))).toMatchObject({ reason: 'OpenChange' });
  });

  it('blocks a runtime from its day on, not before', () => {
    const listed = listedFunction({ runtime: 'nodejs18.x' });
    expect(exclusionFor(facts({ listed, now: new Date('2027-03-02T23:59:59Z') }))).toBeUndefined();
    expect(exclusionFor(facts({ listed, now: new Date('2027-03-03T00:00:00Z') }))).toMatchObject({
      reason: 'DeprecatedRuntime',
    });
  });
});
