import { parseOptions } from '../../../../../sandbox/demos/night/options.ts';

describe('parseOptions', () => {
  it('has a complete default', () => {
    expect(parseOptions([])).toEqual({
      functions: 200,
      accounts: 1,
      nights: 3,
      seed: 1,
      approve: 'all',
      faults: false,
      json: false,
    });
  });

  it.each([
    [['--functions', '0'], /given "0", allowed are whole numbers from 1/],
    [['--nights', '1.5'], /given "1.5"/],
    [['--seed', 'x'], /given "x"/],
    [['--approve', 'some'], /Allowed choices are all, none, mixed, interactive/],
    [['--report', '/no/such/night.html'], /allowed is a file in a folder that exists/],
    [['--night', '2'], /unknown option '--night'/],
  ])('refuses %j and says what is allowed', (argv, message) => {
    const written: string[] = [];
    jest.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('exit');
    });
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    expect(() => parseOptions(argv)).toThrow('exit');
    expect(written.join('')).toMatch(message);
    jest.restoreAllMocks();
  });
});
