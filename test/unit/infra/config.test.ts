import { parseConfiguration } from '../../../infra/config.ts';
import { runSettingsOf } from '../../../infra/configuration/run-settings.ts';
import {
  parseApprovalSettings,
  parseCoolDownSettings,
  parsePaceSettings,
  parsePageSettings,
  parseReadingSettings,
  parseRunSettings,
  parseWatchSettings,
} from '../../../shared/contracts/settings.ts';

const NOW = new Date('2026-11-01T00:00:00Z');

const problemsOf = (given: unknown): string => {
  try {
    parseConfiguration(given, NOW);
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'none';
};

describe('a stage configuration', () => {
  it('is complete without a single field', () => {
    expect(parseConfiguration({}, NOW)).toMatchObject({
      stackName: 'Rightsizer',
      scheduleEnabled: true,
      policy: { strategy: 'cost', maxSlowdown: 0.1 },
      emails: [],
    });
  });

  it('keeps the defaults of a group beside the fields given', () => {
    expect(parseConfiguration({ policy: { strategy: 'speed' } }, NOW).policy).toMatchObject({
      strategy: 'speed',
      maxSlowdown: 0.1,
    });
  });

  it('holds all that a run goes by', () => {
    const settings = runSettingsOf(
      parseConfiguration({ timeZone: 'Europe/Berlin', policy: { maximumProposals: 7 } }, NOW),
    );
    expect(parseRunSettings(JSON.stringify(settings))).toEqual(settings);
    expect(settings).toMatchObject({ timeZone: 'Europe/Berlin', policy: { maximumProposals: 7 } });
  });

  it('says to each task what it reads of them as to the one that reads them all', () => {
    const settings = runSettingsOf(parseConfiguration({ timeZone: 'Europe/Berlin', coolDownDays: 5 }, NOW));
    const parts = [
      parseApprovalSettings,
      parsePageSettings,
      parseReadingSettings,
      parsePaceSettings,
      parseWatchSettings,
      parseCoolDownSettings,
    ];
    for (const parse of parts) {
      expect(settings).toMatchObject(parse(JSON.stringify(settings)));
      expect(() =>
        parse('{"timeZone":7,"controlPlaneShare":2,"watchNights":-1,"coolDownDays":-1,"rateLimitShare":0}'),
      ).toThrow('run settings');
    }
  });

  it('names every problem in one message, with what was given and what is allowed', () => {
    const message = problemsOf({
      stackName: '1st',
      timeZone: 'Mars/Olympus',
      policy: { strategy: 'cheapest', maxSlowdown: 2 },
      emails: ['a@example.com', 'nobody'],
      logRetentionDays: 4,
      approvalWindowHour: 3,
    });
    expect(message).toMatch(/^InvalidConfiguration: stage configuration is invalid: /);
    for (const part of [
      'stackName: not a stack name, given "1st", allowed: a letter',
      'timeZone: not a time zone, given "Mars/Olympus", allowed: an IANA name',
      'policy.strategy: ',
      'given "cheapest"',
      'policy.maxSlowdown: ',
      'given 2, allowed: 0 to 1',
      'emails.1: ',
      'given "nobody"',
      'logRetentionDays: ',
      'given 4, allowed: 1, 3, 5',
      'Unrecognized key: "approvalWindowHour"',
      'allowed: stackName, region, account',
    ]) {
      expect(message).toContain(part);
    }
    expect(message.split('; ')).toHaveLength(7);
  });

  it('rejects unknown keys of a group, naming the known ones', () => {
    expect(problemsOf({ policy: { maxSlowDown: 0.2 } })).toMatch(
      /policy: Unrecognized key: "maxSlowDown".*allowed: strategy, balancedWeight, maxSlowdown/,
    );
  });

  it.each([[null], ['cost'], [[]], [7]])('rejects %j, which is no object', (given) => {
    expect(problemsOf(given)).toContain('expected object');
  });

  it.each([
    ['region', 'Frankfurt'],
    ['account', 123456789012],
    ['account', '12345'],
    ['scheduleCron', '0 2 * * *'],
    ['scheduleCron', '0 2 * * * *'],
    ['scheduleCron', '0 2 ? * ? *'],
    ['timeZone', '+01:00'],
    ['timeZone', ''],
    ['approvalWindowHours', 0],
    ['approvalWindowHours', 24],
    ['verificationWindowHours', -1],
    ['watchNights', 1.5],
    ['controlPlaneShare', 0],
    ['logScanBudgetBytes', -1],
    ['retentionDays', 7],
    ['policy', { lookbackDays: 64 }],
    ['policy', { minimumInvocations: 0 }],
    ['policy', { minimumMemorySizeMb: 64 }],
    ['policy', { maximumMemorySizeMb: 10_241 }],
    ['policy', { maximumProposals: 1_001 }],
    ['policy', { memoryHeadroom: -0.1 }],
    ['emails', 'a@example.com'],
    ['alarmEmails', ['a@']],
    ['taskMemoryMb', { 'prepare-approval': 2_048 }],
    ['taskMemoryMb', { 'start-run': 64 }],
    ['taskMemoryMb', { 'start-run': 10_241 }],
    ['approvalPage', { burst: 0 }],
    ['tags', { 'aws:cloudformation:stack-name': 'x' }],
    ['runbookUrl', ''],
    ['kmsKeyArn', 'arn:aws:kms:eu-central-1:123456789012:alias/mine'],
    ['kmsKeyArn', '0123abcd-01ab-23cd-45ef-0123456789ab'],
    ['permissionsBoundaryArn', 'workloads'],
    ['permissionsBoundaryArn', 'arn:aws:iam::123456789012:role/workloads'],
  ])('rejects %s %j', (field, value) => {
    expect(problemsOf({ [field]: value })).toContain(`${field}`);
    expect(problemsOf({ [field]: value }).split('; ')).toHaveLength(1);
  });
});

describe('rules between fields', () => {
  const kmsKeyArn = 'arn:aws:kms:eu-central-1:123456789012:key/mrk-0123456789abcdef0123456789abcdef';
  const permissionsBoundaryArn = 'arn:aws:iam::123456789012:policy/boundaries/workloads';

  it('takes key and boundary of the place that is deployed to, and a boundary of AWS’s own', () => {
    const here = { region: 'eu-central-1', account: '123456789012' };
    expect(problemsOf({ kmsKeyArn, permissionsBoundaryArn })).toBe('none');
    expect(problemsOf({ ...here, kmsKeyArn, permissionsBoundaryArn })).toBe('none');
    const ofAws = 'arn:aws:iam::aws:policy/PowerUserAccess';
    expect(problemsOf({ ...here, permissionsBoundaryArn: ofAws })).toBe('none');
  });

  it('rejects key and boundary of elsewhere, each by name', () => {
    const problems = problemsOf({ region: 'us-east-1', account: '210987654321', kmsKeyArn, permissionsBoundaryArn });
    expect(problems).toContain('kmsKeyArn: given a key of eu-central-1, allowed is one of region us-east-1');
    for (const name of ['kmsKeyArn', 'permissionsBoundaryArn'])
      expect(problems).toContain(`${name}: given one of account 123456789012, allowed is one of account 210987654321`);
  });

  it('rejects a minimum memory size above the maximum', () => {
    expect(problemsOf({ policy: { minimumMemorySizeMb: 512, maximumMemorySizeMb: 256 } })).toContain(
      'policy.minimumMemorySizeMb: given 512, allowed is at most policy.maximumMemorySizeMb (256)',
    );
  });

  it('accepts windows that just fit before the next night', () => {
    expect(problemsOf({ approvalWindowHours: 18.5, verificationWindowHours: 4 })).toBe('none');
  });

  it('rejects windows that do not fit before the next night', () => {
    expect(problemsOf({ approvalWindowHours: 18.75, verificationWindowHours: 4 })).toContain(
      'given 18.75 and 4, allowed together are 22.5 hours',
    );
  });

  it('counts the night that daylight saving makes an hour shorter', () => {
    const windows = { approvalWindowHours: 18, verificationWindowHours: 4 };
    expect(problemsOf({ ...windows, timeZone: 'UTC' })).toBe('none');
    expect(problemsOf({ ...windows, timeZone: 'Europe/Berlin' })).toContain('as little as 23 hours apart');
  });

  it('rejects a schedule that has no nights left', () => {
    expect(problemsOf({ scheduleCron: '0 2 * * ? 2020' })).toContain('starts fewer than two nights from now on');
  });

  it('rejects a schedule of the right form that says nothing', () => {
    expect(problemsOf({ scheduleCron: '0 99 * * ? *' })).toContain('which is not a cron expression');
  });

  it('names them together with wrong fields', () => {
    const message = problemsOf({
      stackName: '',
      approvalWindowHours: 23,
      policy: { minimumMemorySizeMb: 512, maximumMemorySizeMb: 256 },
    });
    expect(message).toContain('stackName');
    expect(message).toContain('policy.minimumMemorySizeMb');
    expect(message).toContain('approvalWindowHours and verificationWindowHours');
  });
});
