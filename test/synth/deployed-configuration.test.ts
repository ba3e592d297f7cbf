import { driftedFields } from '../../cli/doctor/configuration-drift.ts';
import { RELEASE } from '../../infra/release.ts';
import { CONFIGURATION_METADATA } from '../../shared/constants.ts';
import { synthesize } from './template.ts';

const GIVEN = {
  stackName: 'Night-Shift',
  emails: ['ada@example.com', 'grace@example.com'],
  policy: { strategy: 'balanced', maximumProposals: 50 },
  autoApprovalRules: [{ name: 'batch jobs', tags: { tier: 'batch' }, maximumRisk: 'Low' }],
  tags: { team: 'platform' },
};

interface Told {
  release: string;
  configuration: Record<string, unknown>;
}

const { metadata, outputs } = synthesize(GIVEN);
const { release, configuration } = metadata[CONFIGURATION_METADATA] as { release: string; configuration: string };
const told: Told = { release, configuration: JSON.parse(configuration) };

it('says in its template what it was deployed with, so that doctor finds no drift', () => {
  expect(driftedFields(GIVEN, told.configuration)).toEqual([]);
});

it.each([
  ['emails', { emails: ['ada@example.com'] }],
  ['policy.strategy', { policy: { strategy: 'cost' } }],
  ['autoApprovalRules', { autoApprovalRules: [{ ...GIVEN.autoApprovalRules[0], maximumRisk: 'High' }] }],
  ['tags.team', { tags: { team: 'billing' } }],
  ['watchNights', { watchNights: 9 }],
])('differs in %s once that is configured otherwise', (field, changes) => {
  expect(driftedFields({ ...GIVEN, ...changes }, told.configuration)).toEqual([field]);
});

it('tells its release in an output too, without which CloudFormation would not take new metadata', () => {
  expect(told.release).toBe(RELEASE);
  expect(outputs['Release']).toEqual({ Value: RELEASE });
});
