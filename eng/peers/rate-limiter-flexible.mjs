// rate-limiter-flexible: a window counted in Redis, and a queue in each process that waits for its next token.
import Redis from 'ioredis';
import { RateLimiterQueue, RateLimiterRedis } from 'rate-limiter-flexible';
import { wait } from './api.mjs';

export class Peer {
  constructor(settings) {
    this.settings = settings;
    this.redis = new Redis({ host: '127.0.0.1', port: settings.redisPort });
    const limiter = new RateLimiterRedis({
      storeClient: this.redis,
      keyPrefix: 'drain',
      points: settings.limit,
      duration: (settings.windowMs + settings.guardMs) / 1000,
    });
    this.tokens = new RateLimiterQueue(limiter, { maxQueueSize: settings.concurrency });
  }

  open() {
    return this.redis.ping();
  }

  async drain(jobs, api) {
    const backlog = [...jobs];
    await Promise.all(Array.from({ length: this.settings.concurrency }, async () => {
      for (let job = backlog.shift(); job; job = backlog.shift()) await this.#drainOne(job, api);
    }));
  }

  async #drainOne(job, api) {
    for (;;) {
      await this.tokens.removeTokens(1);
      const pause = await api.call(job);
      if (pause === null) return;
      await wait(pause);
    }
  }
}
