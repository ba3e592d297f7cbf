import { FieldReader } from './field-reader.ts';
import { assignedNames, parseAssign } from './parse-assign.ts';
import { MAX_SECONDS } from './parse-errors.ts';
import { parseTransition } from './parse-transition.ts';
import type { ChoiceRule, ChoiceState, FailState, PassState, SucceedState, WaitState } from './program.ts';
import { isExpression } from './template-parser.ts';

/** RFC 3339 with an upper-case T and a time zone, as ASL asks for. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** True for a timestamp Step Functions accepts in a Wait state. */
export function isTimestamp(text: string): boolean {
  return TIMESTAMP.test(text) && Number.isFinite(Date.parse(text));
}

export function parsePass(name: string, fields: FieldReader): PassState {
  return {
    type: 'Pass',
    name,
    assign: parseAssign(fields),
    output: fields.template('Output'),
    next: parseTransition(fields),
  };
}

export function parseSucceed(name: string, fields: FieldReader): SucceedState {
  return { type: 'Succeed', name, assign: undefined, output: fields.template('Output'), next: undefined };
}

export function parseFail(name: string, fields: FieldReader): FailState {
  const error = fields.stringOrExpression('Error');
  const cause = fields.stringOrExpression('Cause');
  return { type: 'Fail', name, assign: undefined, output: undefined, next: undefined, error, cause };
}

export function parseWait(name: string, fields: FieldReader): WaitState {
  if (fields.has('Seconds') === fields.has('Timestamp')) {
    fields.problem('Seconds', 'or Timestamp is needed, exactly one of them');
  }
  const timestamp = fields.raw('Timestamp');
  if (typeof timestamp === 'string' && !isExpression(timestamp) && !isTimestamp(timestamp)) {
    fields.problem('Timestamp', `must be an RFC 3339 timestamp, got ${timestamp}`);
  }
  return {
    type: 'Wait',
    name,
    seconds: fields.numberOrExpression('Seconds', { min: 0, max: MAX_SECONDS, integer: true }),
    timestamp: fields.stringOrExpression('Timestamp'),
    assign: parseAssign(fields),
    output: fields.template('Output'),
    next: parseTransition(fields),
  };
}

function parseRule(fields: FieldReader): ChoiceRule {
  const condition = fields.raw('Condition');
  if (typeof condition !== 'boolean' && !isExpression(condition)) {
    fields.problem('Condition', 'must be a JSONata expression or a boolean');
  }
  const rule: ChoiceRule = {
    condition: fields.template('Condition') ?? { kind: 'literal', value: false },
    assign: parseAssign(fields),
    output: fields.template('Output'),
    next: fields.requiredString('Next'),
  };
  fields.finish();
  return rule;
}

/**
 * AWS's guide says the state's own Assign applies whichever rule matches; recorded executions and other interpreters
 * use it for Default only. Where every rule sets the same, both readings agree; anything else is refused.
 */
function checkStateLevelFields(fields: FieldReader, choice: ChoiceState): ChoiceState {
  for (const rule of choice.choices) {
    const missing = assignedNames(choice.assign).filter((name) => !assignedNames(rule.assign).includes(name));
    if (missing.length > 0)
      fields.problem('Assign', `sets $${missing.join(', $')}, but the rule to ${rule.next} does not: ambiguous`);
    if (choice.output && !rule.output)
      fields.problem('Output', `is set, but the rule to ${rule.next} has none: ambiguous`);
  }
  return choice;
}

export function parseChoice(name: string, fields: FieldReader): ChoiceState {
  const rules = fields.array('Choices');
  if (rules.length === 0) fields.problem('Choices', 'must be a non-empty array');
  return checkStateLevelFields(fields, {
    type: 'Choice',
    name,
    choices: rules.map((rule, index) =>
      parseRule(new FieldReader(rule, `${fields.path}.Choices[${index}]`, fields.context, `Choices[${index}]/`)),
    ),
    default: fields.string('Default'),
    assign: parseAssign(fields),
    output: fields.template('Output'),
    next: undefined,
  });
}
