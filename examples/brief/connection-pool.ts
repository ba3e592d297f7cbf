/** Where the brief's example expects the pool; in a project of yours: `from 'lambda-rightsizer/connection-pool'`. */
export * from '../../shared/connection-pool/index.ts';
