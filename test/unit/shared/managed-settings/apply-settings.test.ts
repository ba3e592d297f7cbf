import '../../../support/quiet.ts';
import { forgetfulSettingRecords } from '../../../../shared/clients/settings-ledger/setting-records.ts';
import type { SettingValue } from '../../../../shared/domain/configuration/scaling/managed-setting.ts';
import { applySettings } from '../../../../shared/managed-settings/apply-settings.ts';
import { ReportBuilder } from '../../../../shared/managed-settings/report-builder.ts';
import { undoPass } from '../../../../shared/managed-settings/setting-subjects.ts';
import { runPass, WHOLE_PASS } from '../../../../shared/managed-settings/settings-pass.ts';

/** One setting of one function, and a write that may break off before it takes effect. */
const KEY = 'function/orders-api/warm-up';
let live: SettingValue | undefined;
let breaksOff: boolean;
const records = forgetfulSettingRecords();

const accesses = () => ({
  read: async () => live,
  write: async (value: SettingValue) => {
    if (breaksOff) throw new Error('the process ended');
    live = value;
    return { written: true } as const;
  },
  remove: async () => {
    live = undefined;
    return { written: true } as const;
  },
});
const pass = async () => ({ known: await records.list(), records, accesses, dryRun: false });
const wanted = (everyMinutes: number) => ({
  key: KEY,
  resource: 'function/orders-api',
  value: { everyMinutes },
  basis: `every ${everyMinutes}`,
  reason: 'kept warm',
});
const apply = async (everyMinutes: number) => {
  const report = new ReportBuilder();
  await applySettings({ ...(await pass()), wanted: [wanted(everyMinutes)], skipped: [] }, report);
  return report.report();
};
const undoAll = async () => {
  const { known, ...stores } = await pass();
  return runPass(undoPass(known, stores), WHOLE_PASS);
};

beforeEach(async () => {
  live = undefined;
  breaksOff = false;
  await undoAll();
  await apply(5);
  breaksOff = true;
  await expect(apply(4)).rejects.toThrow('the process ended');
  breaksOff = false;
  expect(live).toEqual({ everyMinutes: 5 });
});

it('finishes what a pass that broke off before its write was about to change', async () => {
  expect((await apply(4)).counts).toMatchObject({ updated: 1 });
  expect(live).toEqual({ everyMinutes: 4 });
});

it('takes away what stands since before a pass that broke off', async () => {
  expect((await undoAll()).counts).toMatchObject({ removed: 1 });
  expect(live).toBeUndefined();
});

it('leaves an owner the former value who sets it once the change is through', async () => {
  await apply(4);
  live = { everyMinutes: 5 };

  expect((await undoAll()).counts).toMatchObject({ removed: 0, skipped: 1 });
  expect(live).toEqual({ everyMinutes: 5 });
});
