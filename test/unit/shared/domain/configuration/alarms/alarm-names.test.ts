import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ALARM_IDS } from '../../../../../../shared/contracts/alarms.ts';
import {
  alarmName,
  readAlarmName,
  runbookAnchor,
  runbookHeading,
} from '../../../../../../shared/domain/configuration/alarms/alarm-names.ts';

const RUNBOOK = path.join(import.meta.dirname, '../../../../../../docs/runbook.md');

describe('alarm names', () => {
  it('says by its name what an alarm watches, dots in the resource included', () => {
    const name = alarmName('Rightsizer', 'high', 'HighQueueDepth', { kind: 'queue', queueName: 'jobs.fifo' });
    expect(name).toBe('Rightsizer.high.HighQueueDepth.queue.jobs.fifo');
    expect(readAlarmName('Rightsizer', name)).toEqual({
      severity: 'high',
      id: 'HighQueueDepth',
      kind: 'queue',
      resource: 'jobs.fifo',
    });
  });

  it.each([
    [{ kind: 'function', functionName: 'f', alias: 'live' }, 'function.f'],
    [{ kind: 'table', tableName: 't' }, 'table.t'],
    [{ kind: 'application', service: 's' }, 'application.s'],
    [{ kind: 'fleet', functionCount: 3 }, 'fleet'],
    [{ kind: 'account' }, 'account'],
    [{ kind: 'pipeline' }, 'pipeline'],
  ] as const)('names the resource of %p, and is read again', (target, rest) => {
    const name = alarmName('Rightsizer', 'low', 'HighErrorRate', target);
    expect(name).toBe(`Rightsizer.low.HighErrorRate.${rest}`);
    const [kind, resource] = rest.split('.');
    const read = { severity: 'low', id: 'HighErrorRate', kind };
    expect(readAlarmName('Rightsizer', name)).toEqual(resource === undefined ? read : { ...read, resource });
  });

  it.each([
    ['an unknown kind’s', 'Rightsizer.high.HighErrorRate.planet'],
    ['one that ends early', 'Rightsizer.high.HighErrorRate'],
    ['another stack’s of as long a name', 'Leftsizers.high.HighErrorRate.fleet'],
    ['another stack’s', 'Rightsizer-dev.high.HighErrorRate.fleet'],
    ['the pipeline’s own, made by CloudFormation', 'Rightsizer-high-NightFailed'],
    ['an unknown row’s', 'Rightsizer.high.SomethingElse.fleet'],
    ['an unknown severity’s', 'Rightsizer.urgent.HighErrorRate.fleet'],
    ['somebody else’s', 'ServerCpuTooHigh'],
  ])('does not take %s alarm for ours', (_, name) => {
    expect(readAlarmName('Rightsizer', name)).toBeUndefined();
  });

  it('keeps within CloudWatch’s 255 characters', () => {
    const name = alarmName('R'.repeat(30), 'high', 'DynamoDbThrottling', { kind: 'table', tableName: 't'.repeat(255) });
    expect(name).toHaveLength(255);
  });
});

describe('runbook', () => {
  it('has a heading for every alarm of the catalogue, with what to look at and what to do', () => {
    expect(existsSync(RUNBOOK)).toBe(true);
    const runbook = readFileSync(RUNBOOK, 'utf8');
    for (const id of ALARM_IDS) {
      const lines = runbook.split('\n');
      const start = lines.findIndex((line) => line.replace(/^#+ /, '') === runbookHeading(id));
      expect([id, start >= 0]).toEqual([id, true]);
      const level = lines[start]!.indexOf(' ');
      const end = lines.findIndex((line, at) => at > start && /^#+ /.test(line) && line.indexOf(' ') <= level);
      const text = lines.slice(start + 1, end < 0 ? undefined : end).join('\n');
      for (const part of ['Description', 'Investigation', 'Resolution'])
        expect([id, part, new RegExp(`\\*\\*${part}\\*\\*|^### ${part}`, 'm').test(text)]).toEqual([id, part, true]);
    }
  });

  it('is linked by the anchor that Markdown renderers give the heading', () => {
    expect(runbookHeading('DynamoDbThrottling')).toBe('Dynamo db throttling');
    expect(runbookAnchor('HighErrorRate')).toBe('high-error-rate');
  });
});
