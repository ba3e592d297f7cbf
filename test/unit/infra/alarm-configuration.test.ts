import { parseConfiguration } from '../../../infra/config.ts';
import { alarmSettingsOf, remediationSettingsOf } from '../../../infra/configuration/alarm-settings.ts';
import { parseAlarmSettings } from '../../../shared/contracts/alarms.ts';
import { parseRemediationSettings } from '../../../shared/contracts/remediation-settings.ts';
import { DEFAULT_THRESHOLDS } from '../../../shared/domain/configuration/alarms/catalogue.ts';
import { DEFAULT_POLICIES, DEFAULT_REMEDIATION_SETTINGS } from '../../../shared/domain/remediation/policy.ts';

const NOW = new Date('2026-11-01T00:00:00Z');
const stage = (given: unknown) => parseConfiguration(given, NOW);

describe('settings of alarms', () => {
  it('are by default the catalogue’s, under the stage’s name', () => {
    const settings = alarmSettingsOf(stage({ stackName: 'Rightsizer-test' }));
    expect(settings).toMatchObject({ stackName: 'Rightsizer-test', thresholds: DEFAULT_THRESHOLDS, services: [] });
    expect(parseAlarmSettings(JSON.stringify(settings))).toEqual(settings);
  });

  it('keep the other thresholds beside one that is given', () => {
    const { thresholds } = alarmSettingsOf(stage({ alarms: { thresholds: { queueDepth: 5 } } }));
    expect(thresholds).toEqual({ ...DEFAULT_THRESHOLDS, queueDepth: 5 });
  });
});

describe('settings of remediation', () => {
  it('are by default the policy’s, with the share of Lambda’s calls that the night keeps to', () => {
    const settings = remediationSettingsOf(stage({}));
    expect(settings).toEqual(DEFAULT_REMEDIATION_SETTINGS);
    expect(parseRemediationSettings(JSON.stringify(settings))).toEqual(settings);
  });

  it('change single fields of single actions', () => {
    const { policies } = remediationSettingsOf(stage({ remediation: { policies: { RaiseMemory: { mode: 'ask' } } } }));
    expect(policies).toEqual({ ...DEFAULT_POLICIES, RaiseMemory: { ...DEFAULT_POLICIES.RaiseMemory, mode: 'ask' } });
  });

  it('stay within the memory and the pace of the night', () => {
    const given = { policy: { maximumMemorySizeMb: 3_008 }, controlPlaneShare: 0.01 };
    expect(remediationSettingsOf(stage(given))).toMatchObject({ maximumMemorySizeMb: 3_008, controlPlaneShare: 0.01 });
  });
});

it.each([
  [{ remediation: { policies: { RaiseMemory: { mode: 'always' } } } }, /remediation\.policies\.RaiseMemory/],
  [{ remediation: { policies: { DeleteFunction: { mode: 'ask' } } } }, /remediation\.policies/],
  [{ alarms: { services: ['a service'] } }, /alarms\.services/],
  [{ alarms: { applicationNamespace: 'AWS/Lambda' } }, /alarms\.applicationNamespace/],
])('refuses %j, naming the field', (given, field) => {
  expect(() => stage(given)).toThrow(field);
});
