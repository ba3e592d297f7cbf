import { parseConfiguration } from '../../../infra/config.ts';
import { EXCLUDE_TAG } from '../../../shared/constants.ts';
import { parseConfigureAlarmsInput } from '../../../shared/contracts/alarms.ts';
import { parseConfigureAutoScalingInput } from '../../../shared/contracts/auto-scaling.ts';
import { parseApplyColdStartMitigationInput } from '../../../shared/contracts/cold-start.ts';
import { LINK_READABLE_DAYS } from '../../../shared/domain/approval/page-access/link-id.ts';
import { REVERTED_REST_DAYS } from '../../../shared/domain/night/eligibility/reverted-by-deploy.ts';
import { NOTCH_FACTOR } from '../../../shared/domain/night/recommendation/memory-sizes.ts';
import { DEFAULT_POLICIES } from '../../../shared/domain/remediation/policy.ts';
import { anchorOf, headingsIn, read, sectionUnder } from './documents.ts';

/** What people ask before they let this near their account, and a sentence that answers it, one heading away from the map. */
const MAP = 'docs/README.md';
const QUESTIONS: readonly (readonly [question: string, page: string, heading: string, sentence: string])[] = [
  ['What happens if nobody answers?', 'deciding.md', 'If nobody answers', 'No answer means no change.'],
  ['Who can decide?', 'deciding.md', 'Who can decide', 'Whoever holds the link decides, under the name they give.'],
  [
    'How do I undo a change?',
    'deciding.md',
    'Undo a change',
    'It puts back what was before, only over what the change wrote; if somebody deployed since, it writes nothing and says so.',
  ],
  [
    'What does a night cost?',
    'cost.md',
    'What a night costs',
    'Cents: 0.007 USD at 100 functions, 0.053 at 1,000, 0.529 at 10,000',
  ],
  [
    'How do I exclude a function?',
    'deciding.md',
    'Exclude a function',
    `Tag it \`${EXCLUDE_TAG}\` = \`true\`. From then on it is neither assessed nor changed`,
  ],
  ['How do I upgrade?', 'upgrade.md', 'Upgrade', 'You can deploy at any hour, and over a night that waits for people.'],
  [
    'What leaves the account?',
    'deciding.md',
    'What leaves the account',
    'Nothing is sent to us: there is no server of ours and no telemetry.',
  ],
  [
    'Why this size?',
    'recommendation-model.md',
    'Why this size',
    '`rightsizer explain <function>` shows the evidence, the curve in the terminal, every size the model weighed, and why not another',
  ],
  [
    'What if Terraform owns the function?',
    'deciding.md',
    'If Terraform owns the function',
    'The next `terraform apply` (or `cdk deploy`, `sam deploy`, `serverless deploy`) puts the old size back.',
  ],
  [
    'How do I stop everything now?',
    'runbook.md',
    'Stop everything now',
    'After these four nothing of Rightsizer starts by itself, and nothing that was under way goes on',
  ],
];

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
const defaults = parseConfiguration({}, new Date('2026-11-01T00:00:00Z'));

/** Rows of the map's table of questions: the question, and where its link leads. */
const rows = new Map(
  [...sectionUnder(read(MAP), 'Ten questions').matchAll(/^\| ([^|]+\?) \| \[[^\]]+\]\(([^)]+)\)/gm)].map(
    ([, question = '', link = '']) => [question, link],
  ),
);

it('are the questions of the map', () => {
  expect([...rows.keys()]).toEqual(QUESTIONS.map(([question]) => question));
});

it.each(QUESTIONS)('%s', (question, page, heading, sentence) => {
  expect(rows.get(question)).toBe(`${page}#${anchorOf(heading)}`);
  expect(headingsIn(read(`docs/${page}`))).toContain(heading);
  expect(oneLine(sectionUnder(read(`docs/${page}`), heading))).toContain(sentence);
});

it('are linked from the README’s first step into the documentation', () => {
  expect(read('README.md')).toContain('](docs/README.md)');
});

describe('answers give the figures of the code', () => {
  const answer = (page: string, heading: string) => oneLine(sectionUnder(read(`docs/${page}`), heading));

  it('on silence and rejection', () => {
    expect(answer('deciding.md', 'If nobody answers')).toContain(
      `\`approvalWindowHours\` (${defaults.approvalWindowHours})`,
    );
    expect(answer('deciding.md', 'Who can decide')).toContain(`\`coolDownDays\` (${defaults.coolDownDays})`);
  });

  it('on what a deployment took back, and how long a link lives', () => {
    expect(answer('deciding.md', 'If Terraform owns the function')).toContain(`for ${REVERTED_REST_DAYS} days`);
    expect(LINK_READABLE_DAYS).toBe(7);
    expect(answer('deciding.md', 'What leaves the account')).toContain('until seven days after');
  });

  it('on what acts without asking', () => {
    const modes = Object.entries(DEFAULT_POLICIES).filter(([, { mode }]) => mode === 'automatic');
    expect(modes.map(([action]) => action)).toEqual(expect.arrayContaining(['RaiseMemory', 'RaiseTimeout']));
    expect(answer('deciding.md', 'What acts without asking')).toContain(
      'a remediation that acts by itself within limits',
    );
  });

  it('on the largest step, and what a question must be worth', () => {
    const text = answer('recommendation-model.md', 'Why this size');
    expect(NOTCH_FACTOR).toBe(2);
    expect(text).toContain('never below half of the present size in one night');
    expect(defaults.policy.minimumSavingsUsdPerMonth).toBe(0.5);
    expect(answer('upgrade.md', 'What people notice in 0.2.0')).toContain(
      `at most ${defaults.policy.maximumProposals}`,
    );
  });

  it('on what a night costs, as its table has it', () => {
    const table = read('docs/cost.md').split('Up to a quarter')[0] ?? '';
    const nightly = ['100', '1,000', '10,000'].map(
      (functions) => new RegExp(`^\\| ${functions} \\| [\\d,]+ \\| \\d+ \\| ([\\d.]+) `, 'm').exec(table)?.[1],
    );
    const [small, middle, large] = nightly;
    expect(answer('cost.md', 'What a night costs')).toContain(
      `Cents: ${small} USD at 100 functions, ${middle} at 1,000, ${large} at 10,000`,
    );
  });

  it('on what an uninstall starts', () => {
    const inputs = [...read('docs/upgrade.md').matchAll(/output (Configure\w+|Apply\w+)\)" --input '(\{[^']+\})'/g)];
    const parsers: Readonly<Record<string, (value: unknown) => unknown>> = {
      ConfigureAlarmsArn: parseConfigureAlarmsInput,
      ConfigureAutoScalingArn: parseConfigureAutoScalingInput,
      ApplyColdStartMitigationArn: parseApplyColdStartMitigationInput,
    };
    expect(inputs.map(([, output = '']) => output)).toEqual(Object.keys(parsers));
    for (const [, output = '', input = ''] of inputs) expect(() => parsers[output]?.(JSON.parse(input))).not.toThrow();
  });
});
