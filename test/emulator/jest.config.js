import base from '../../jest.config.js';

/** Contract tests against an emulator in a process of its own; needs Python's moto, so it is not part of `npm test`. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: ['<rootDir>/test/emulator/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
