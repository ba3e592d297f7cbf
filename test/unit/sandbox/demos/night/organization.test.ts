import { parseConfiguration } from '../../../../../infra/config.ts';
import { parseOptions } from '../../../../../sandbox/demos/night/options.ts';
import {
  hubFunctions,
  organizationConfiguration,
  organizationSpokes,
} from '../../../../../sandbox/demos/night/organization.ts';

const NOW = new Date('2026-11-01T00:00:00Z');

it('is nothing where the demo has one account', () => {
  expect(organizationConfiguration(1)).toEqual({});
  expect(organizationSpokes({ accounts: 1, functions: 200, seed: 1 })).toEqual([]);
  expect(hubFunctions({ accounts: 1, functions: 200, seed: 1 })).toBe(200);
});

it.each([2, 3, 8])(
  'is a configuration that the stage takes, and spokes in just its places, of %i accounts',
  (accounts) => {
    const { organization } = parseConfiguration(organizationConfiguration(accounts), NOW);
    const listed = organization!.accounts.flatMap(({ accountId, regions }) =>
      regions.map((region) => `${accountId} ${region}`),
    );
    const spokes = organizationSpokes({ accounts, functions: 200, seed: 1 });
    expect(spokes.map(({ accountId, region }) => `${accountId} ${region}`)).toEqual(listed);
    expect(listed).toHaveLength(2 * accounts - 1);
  },
);

it('spreads all functions over the places', () => {
  const options = { accounts: 3, functions: 200, seed: 1 };
  const spread = organizationSpokes(options).map(({ functions }) => functions);
  expect(spread).toEqual([33, 33, 33, 33, 33]);
  expect(hubFunctions(options)).toBe(35);
});

it.each([
  [2, []],
  [3, ['222222222222', '222222222222']],
])('lets the last of three or more accounts refuse: of %i', (accounts, refusing) => {
  const spokes = organizationSpokes({ accounts, functions: 60, seed: 1 });
  expect(spokes.filter(({ refuses }) => refuses).map(({ accountId }) => accountId)).toEqual(refusing);
});

it('is asked for by --accounts', () => {
  expect(parseOptions([]).accounts).toBe(1);
  expect(parseOptions(['--accounts', '3'])).toMatchObject({ accounts: 3, functions: 200 });
});
