import { type AcceptedFinding, type Finding, judge } from '../../templates/finding.ts';

const finding = (overrides: Partial<Finding> = {}): Finding => ({
  variant: 'default',
  rule: 'CKV_AWS_27',
  where: 'AWS::SQS::Queue ScheduleDeadLetters4CA0E1C2',
  says: 'Ensure all data stored in the SQS queue is encrypted',
  ...overrides,
});

const accepted = (overrides: Partial<AcceptedFinding> = {}): AcceptedFinding => ({
  rule: 'CKV_AWS_27',
  where: /^AWS::SQS::Queue \w*DeadLetters/,
  reason: 'SQS encrypts it itself',
  ...overrides,
});

it('lets pass what is accepted where it was found', () => {
  expect(judge([finding()], [accepted()])).toEqual({ findings: [], relics: [] });
});

it.each([
  ['by another rule', finding({ rule: 'CKV_AWS_26' })],
  ['at another place', finding({ where: 'AWS::SQS::Queue Jobs4CA0E1C2' })],
])('keeps what was found %s', (_, other) => {
  expect(judge([finding(), other], [accepted()]).findings).toEqual([other]);
});

it('keeps what is accepted in other variants only', () => {
  const elsewhere = accepted({ in: (variant) => variant !== 'customer-key' });
  const keyed = finding({ variant: 'customer-key' });
  expect(judge([finding(), keyed], [elsewhere]).findings).toEqual([keyed]);
});

it('names what is accepted and was found nowhere', () => {
  expect(judge([], [accepted()]).relics).toHaveLength(1);
});
