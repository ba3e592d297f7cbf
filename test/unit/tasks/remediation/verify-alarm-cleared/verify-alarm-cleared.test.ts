import { verifyAlarmCleared } from '../../../../../tasks/remediation/verify-alarm-cleared/verify-alarm-cleared.ts';
import { classified } from '../../../../support/remediation.ts';

const verify = (
  state: 'ALARM' | 'OK' | undefined,
  others: Record<string, string>[],
  contributor?: Record<string, string>,
) => {
  const { alarm } = classified();
  const about = classified({ alarm: { ...alarm, ...(contributor && { contributor }) } });
  return verifyAlarmCleared(
    { classified: about },
    { alarms: { getState: async () => state, listContributors: async () => others } },
  );
};
const mine = { FunctionName: 'orders-api' };

describe('verifyAlarmCleared', () => {
  it.each([
    ['the alarm is OK', 'OK', [], undefined, true],
    ['the alarm was deleted', undefined, [], undefined, true],
    ['the alarm is still on', 'ALARM', [], undefined, false],
    ['only other functions keep it on', 'ALARM', [{ FunctionName: 'other' }], mine, true],
    ['this function keeps it on', 'ALARM', [{ FunctionName: 'other' }, mine], mine, false],
  ] as const)('says so where %s', async (_, state, others, contributor, cleared) => {
    expect(await verify(state, [...others], contributor)).toMatchObject({ cleared });
  });
});
