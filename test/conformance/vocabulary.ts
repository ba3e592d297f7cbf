/** Where the cases' expectations come from. */
const GUIDE = 'https://docs.aws.amazon.com/step-functions/latest/dg/';
const RECORDED = 'https://github.com/localstack/localstack/blob/master/tests/aws/services/stepfunctions/v2/';

/** A page (and section) of the AWS Step Functions developer guide. */
export const guide = (page: string): string => `${GUIDE}${page}`;
/** A section of the Amazon States Language specification. */
export const asl = (section: string): string => `https://states-language.net/spec.html#${section}`;
/** Histories recorded on AWS by LocalStack's snapshot tests. */
export const recorded = (file: string): string => `${RECORDED}${file}.snapshot.json`;
/** Behaviour measured on AWS and described by the floci emulator's documentation. */
export const measured = (section: string): string =>
  `floci docs/services/step-functions.md, "${section}" (measured on AWS)`;
/** JSONata's own documentation. */
export const jsonataDocs = (page: string): string => `https://docs.jsonata.org/${page}`;

type State = Record<string, unknown>;

export const lambdaArn = (name: string): string => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;

export const task = (name: string, extra: State = {}): State => ({
  Type: 'Task',
  Resource: lambdaArn(name),
  ...('Next' in extra ? {} : { End: true }),
  ...extra,
});

export const pass = (extra: State = {}): State => ({
  Type: 'Pass',
  ...('Next' in extra ? {} : { End: true }),
  ...extra,
});

/** A machine of one Pass state with this Output. */
export const output = (value: unknown): Record<string, unknown> => machine({ Start: pass({ Output: value }) });

/** A branch or processor that starts at its first state. */
export const states = (members: Record<string, State>): State => ({
  StartAt: Object.keys(members)[0],
  States: members,
});

/** A machine in JSONata that starts at its first state. */
export const machine = (members: Record<string, State>, extra: State = {}): Record<string, unknown> => ({
  QueryLanguage: 'JSONata',
  ...states(members),
  ...extra,
});

export const parallel = (branches: Record<string, State>[], extra: State = {}): State => ({
  Type: 'Parallel',
  Branches: branches.map(states),
  ...('Next' in extra ? {} : { End: true }),
  ...extra,
});

export const inlineMap = (members: Record<string, State>, extra: State = {}): State => ({
  Type: 'Map',
  ItemProcessor: states(members),
  ...('Next' in extra ? {} : { End: true }),
  ...extra,
});

export const distributedMap = (
  members: Record<string, State>,
  extra: State = {},
  executionType: 'STANDARD' | 'EXPRESS' = 'STANDARD',
): State => ({
  Type: 'Map',
  ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: executionType }, ...states(members) },
  ...('Next' in extra ? {} : { End: true }),
  ...extra,
});
