import type { AlarmDefinition } from '../../../../../../shared/contracts/alarms.ts';
import { diffAlarms } from '../../../../../../shared/domain/configuration/alarms/alarm-changes.ts';

const alarm = (name: string, threshold = 1) => ({ name, threshold }) as AlarmDefinition;

it('tells what to create, to put again, to leave and to take away', () => {
  const wanted = [alarm('new'), alarm('changed', 2), alarm('same', 3)];
  const standing = [
    { name: 'same', settings: '3' },
    { name: 'changed', settings: '1' },
    { name: 'old', settings: '1' },
  ];
  expect(diffAlarms(wanted, standing, ({ threshold }) => `${threshold}`)).toEqual({
    ...{ create: [wanted[0]], update: [wanted[1]], unchanged: [wanted[2]], remove: ['old'] },
  });
});
