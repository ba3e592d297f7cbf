import base from '../../jest.config.js';

/** The page in a real browser (`npm run test:browser`); not part of `npm test`, since it needs Debian's chromium. */
export default {
  rootDir: '../..',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/browser/**/*.test.ts'],
  transform: base.transform,
  transformIgnorePatterns: base.transformIgnorePatterns,
  /** A view takes 5 s on an idle machine; axe-core a multiple of that on a busy one. */
  testTimeout: 240_000,
  maxWorkers: 1,
};
