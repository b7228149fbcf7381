// Bottleneck: a reservoir in Redis, shared by all processes. A refused job goes through the limiter again: returned from the event
// 'failed', as its manual shows, it would pass the reservoir by (its issue 170).
import Bottleneck from 'bottleneck';
import Redis from 'ioredis';
import { wait } from './api.mjs';

// The default of 5 s caps a window of one second at a fifth of it: a reservoir is refilled only when somebody looks.
const heartbeatInterval = 50;

export class Peer {
  constructor(settings) {
    this.settings = settings;
  }

  open() {}

  // The limiter is made when the drain begins: the reservoir's first interval counts from then.
  async drain(jobs, api) {
    const { redisPort, limit, windowMs, guardMs, concurrency, processes } = this.settings;
    this.limiter = new Bottleneck({
      id: 'drain',
      datastore: 'ioredis',
      Redis,
      clientOptions: { host: '127.0.0.1', port: redisPort },
      heartbeatInterval,
      reservoir: limit,
      reservoirRefreshAmount: limit,
      reservoirRefreshInterval: windowMs + guardMs,
      maxConcurrent: concurrency * processes,
    });
    await this.limiter.ready();
    await Promise.all(jobs.map(job => this.#drainOne(job, api)));
  }

  async #drainOne(job, api) {
    for (;;) {
      const pause = await this.limiter.schedule({ expiration: 30_000 }, () => api.call(job));
      if (pause === null) return;
      await wait(pause);
    }
  }
}
