import type { Assessment, FunctionConfiguration } from '../../../contracts/assessment.ts';

/** A change as its owner's source should say it, so that the next deployment does not take it back. */
export interface InfrastructurePatch {
  readonly tool: 'cdk' | 'sam' | 'cloudformation' | 'terraform';
  /** Where to find the lines, in one sentence. */
  readonly where: string;
  /** A hunk to apply by hand: context, lines that go (`-`) and lines that come (`+`). */
  readonly text: string;
}

export interface ChangeToPatch {
  readonly functionName: string;
  readonly before: FunctionConfiguration;
  readonly after: FunctionConfiguration;
}

/** The patch for the tool that owns the function; undefined where none is known or nothing changes. */
export function infrastructurePatch(
  owner: Assessment['owner'],
  change: ChangeToPatch,
): InfrastructurePatch | undefined {
  if (!changesMemory(change) && !changesTimeout(change)) return undefined;
  switch (owner.tool) {
    case 'cdk':
      return cdkPatch(owner, change);
    case 'sam':
      return templatePatch('sam', 'AWS::Serverless::Function', owner, change);
    case 'cloudformation':
      return templatePatch('cloudformation', 'AWS::Lambda::Function', owner, change);
    case 'terraform':
      return terraformPatch(change);
    default:
      return undefined;
  }
}

const changesMemory = ({ before, after }: ChangeToPatch): boolean => before.memorySizeMb !== after.memorySizeMb;
const changesTimeout = ({ before, after }: ChangeToPatch): boolean => before.timeoutSeconds !== after.timeoutSeconds;

/** Tags come from outside: whatever could start a line of its own in the patch goes. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

interface Spelling {
  memory(memorySizeMb: number): string;
  timeout(timeoutSeconds: number): string;
}

function changedLines(change: ChangeToPatch, indent: string, spelling: Spelling): string[] {
  const lines: string[] = [];
  const replace = (before: string, after: string) => lines.push(`-${indent}${before}`, `+${indent}${after}`);
  if (changesMemory(change)) {
    replace(spelling.memory(change.before.memorySizeMb), spelling.memory(change.after.memorySizeMb));
  }
  if (changesTimeout(change)) {
    replace(spelling.timeout(change.before.timeoutSeconds), spelling.timeout(change.after.timeoutSeconds));
  }
  return lines;
}

function stackPhrase({ stackName }: Assessment['owner']): string {
  return stackName === undefined ? 'its stack' : `stack ${oneLine(stackName)}`;
}

function cdkPatch(owner: Assessment['owner'], change: ChangeToPatch): InfrastructurePatch {
  const lines = changedLines(change, '   ', {
    memory: (memorySizeMb) => `memorySize: ${memorySizeMb},`,
    timeout: (timeoutSeconds) => `timeout: Duration.seconds(${timeoutSeconds}),`,
  });
  const logicalId = owner.logicalId === undefined ? '' : `, logical id ${oneLine(owner.logicalId)}`;
  return {
    tool: 'cdk',
    where: `In the properties of the function's construct (${stackPhrase(owner)}${logicalId}).`,
    text: [` // ${oneLine(change.functionName)}`, " new Function(this, '...', {", ...lines, ' });'].join('\n'),
  };
}

function templatePatch(
  tool: 'sam' | 'cloudformation',
  resourceType: string,
  owner: Assessment['owner'],
  change: ChangeToPatch,
): InfrastructurePatch {
  const lines = changedLines(change, '      ', {
    memory: (memorySizeMb) => `MemorySize: ${memorySizeMb}`,
    timeout: (timeoutSeconds) => `Timeout: ${timeoutSeconds}`,
  });
  const logicalId =
    owner.logicalId === undefined ? `# ${oneLine(change.functionName)}:` : `${oneLine(owner.logicalId)}:`;
  return {
    tool,
    where: `In the template of ${stackPhrase(owner)}.`,
    text: [' Resources:', `   ${logicalId}`, `     Type: ${resourceType}`, '     Properties:', ...lines].join('\n'),
  };
}

function terraformPatch(change: ChangeToPatch): InfrastructurePatch {
  const lines = changedLines(change, '  ', {
    memory: (memorySizeMb) => `memory_size   = ${memorySizeMb}`,
    timeout: (timeoutSeconds) => `timeout       = ${timeoutSeconds}`,
  });
  return {
    tool: 'terraform',
    where: "In the function's aws_lambda_function resource; otherwise the next apply puts the old values back.",
    text: [
      ' resource "aws_lambda_function" "..." {',
      `   function_name = ${JSON.stringify(oneLine(change.functionName))}`,
      ...lines,
      ' }',
    ].join('\n'),
  };
}
