import * as z from 'zod/mini';
import * as repeated from '../../../infra/constructs/left-out/repeated-schemas.ts';

describe('schemas that stand in many places', () => {
  it('are made once where they are asked for alike', () => {
    expect(repeated.string()).toBe(repeated.string());
    expect(repeated.optional(repeated.number())).toBe(repeated.optional(repeated.number()));
    expect(repeated.minimum(1)).toBe(repeated.minimum(1));
  });

  it('are made anew where anything about them differs', () => {
    expect(repeated.minimum(1)).not.toBe(repeated.minimum(2));
    expect(repeated.array(repeated.string())).not.toBe(repeated.array(repeated.number()));
    expect(repeated.string('a name, please')).not.toBe(repeated.string());
    expect(repeated.minLength(1, 'empty')).not.toBe(repeated.minLength(1));
  });

  it('stay as they are when a place asks for more', () => {
    const share = repeated.number().check(repeated.positive(), repeated.maximum(1));
    expect(share.safeParse(2).success).toBe(false);
    expect(repeated.number().safeParse(2).success).toBe(true);
    expect(repeated.string().check(repeated.minLength(1)).safeParse('').success).toBe(false);
    expect(repeated.string().safeParse('').success).toBe(true);
  });

  it('accept and refuse what those of zod do, in the same words', () => {
    const [plain, shared] = [z, repeated].map((by) =>
      by.object({
        name: by.string().check(by.minLength(1)),
        memorySizeMb: by.number().check(by.int(), by.minimum(128), by.maximum(10_240)),
        share: by.optional(by.number().check(by.positive())),
        tags: by.optional(by.array(by.string())),
        isIdle: by.boolean(),
      }),
    );
    const given = [
      { name: 'orders', memorySizeMb: 128, isIdle: false, share: 0.5, tags: ['a'] },
      { name: '', memorySizeMb: 0.5, isIdle: 'no', share: 0, tags: [1, 'b'] },
      { memorySizeMb: '128', share: null, tags: 'a' },
    ];
    expect(given.map((each) => shared!.safeParse(each))).toEqual(given.map((each) => plain!.safeParse(each)));
  });
});
