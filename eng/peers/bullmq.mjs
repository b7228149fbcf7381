// BullMQ: a durable queue whose workers share a limiter; a 429 pauses all of them for the time it asks.
import { Queue, Worker } from 'bullmq';

export class Peer {
  constructor(settings) {
    this.settings = settings;
    this.connection = { host: '127.0.0.1', port: settings.redisPort };
    this.queue = new Queue('drain', { connection: this.connection });
  }

  // The backlog stands before anybody works, and is spread over the processes by the queue itself.
  async open(isFirst, allJobs) {
    await this.queue.waitUntilReady();
    if (!isFirst) return;
    await this.queue.addBulk(allJobs.map(job => ({ name: 'call', data: { job }, opts: { removeOnComplete: true, attempts: 1_000 } })));
  }

  async drain(jobs, api) {
    const { limit, windowMs, guardMs, concurrency } = this.settings;
    const worker = new Worker('drain', async ({ data }) => {
      const pause = await api.call(data.job);
      if (pause === null) return;
      await worker.rateLimit(pause);
      throw Worker.RateLimitError();
    }, {
      connection: this.connection,
      concurrency,
      limiter: { max: limit, duration: windowMs + guardMs },
      // The defaults of 30 s would leave a killed process's jobs alone for longer than a drain takes.
      lockDuration: 5_000,
      stalledInterval: 5_000,
      maxStalledCount: 10,
    });
    // Nobody tells a worker that it was the last: the process is ended from outside.
    await new Promise((_, reject) => worker.once('closed', () => reject(new Error('closed'))));
  }
}
