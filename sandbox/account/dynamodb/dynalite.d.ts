declare module 'dynalite' {
  import type { Server } from 'node:http';
  /** Times are real milliseconds that a table stays in its passing state. */
  export default function dynalite(options: {
    createTableMs?: number;
    deleteTableMs?: number;
    updateTableMs?: number;
  }): Server;
}
