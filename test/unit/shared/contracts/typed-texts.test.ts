import * as v from 'valibot';
import { emailAddress, isoTime, utcTime } from '../../../../shared/contracts/typed-texts.ts';

describe('times', () => {
  it.each(['2026-11-29T01:30:00Z', '2026-11-29T01:30:00.123Z', '2026-12-31T23:59:59Z', '2028-02-29T00:00:00Z'])(
    'take %s, with an offset as well where others write them',
    (text) => {
      expect(v.is(utcTime, text)).toBe(true);
      const elsewhere = text.replace('Z', '+05:30');
      expect(v.is(isoTime, text) && v.is(isoTime, elsewhere)).toBe(true);
      expect(v.is(utcTime, elsewhere)).toBe(false);
      expect(Date.parse(elsewhere)).not.toBeNaN();
    },
  );

  it.each([
    '2026-11-29T01:30:00+02',
    '2026-11-29T01:30:00 +02:00',
    '2026-11-29T01:30:00+0200',
    '2026-11-29 01:30:00Z',
    '2026-11-29T01:30Z',
    '2026-11-29T01:30:00',
    '2026-02-30T01:30:00Z',
    '2026-02-29T01:30:00Z',
    '2026-04-31T01:30:00Z',
    '2026-11-29T24:00:00Z',
    '2026-11-29',
    '2026-11-29T01:30:00Z\n',
    '',
    1_795_910_400_000,
  ])('refuse %j', (given) => {
    expect([v.is(isoTime, given), v.is(utcTime, given)]).toEqual([false, false]);
  });
});

describe('emailAddress', () => {
  it.each([
    'ada@example.com',
    "o'brien@example.com",
    'a.b+c_d-e@mail.example.co.uk',
    'ada@xn--mnchen-3ya.de',
    'a@b.xn--p1ai',
  ])('takes %s', (address) => {
    expect(v.is(emailAddress, address)).toBe(true);
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'a..b@example.com',
    '.a@example.com',
    'a@-b.com',
    'a b@c.de',
    'a@b.de\n',
    'a@b.de, c@d.ee',
    'Ada <a@b.de>',
  ])('refuses %j', (address) => {
    expect(v.is(emailAddress, address)).toBe(false);
  });

  it('answers about a very long text at once', () => {
    expect(v.is(emailAddress, `${'a.'.repeat(50_000)}@${'b.'.repeat(50_000)}`)).toBe(false);
  });
});
