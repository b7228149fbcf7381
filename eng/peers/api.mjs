// Calls the API that throttles, over connections that are open before the first job.
import http from 'node:http';

export class Api {
  constructor({ apiUrl, warmUpUrl, caller, concurrency, windowMs }) {
    Object.assign(this, { apiUrl, warmUpUrl, caller, concurrency, windowMs });
    this.agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
  }

  // As many calls at once as there will be: afterwards no job waits for a connection or a compiler.
  async warmUp() {
    for (let round = 0; round < 5; round++)
      await Promise.all(Array.from({ length: this.concurrency }, () => this.#get(this.warmUpUrl + 'items', 'warm-up')));
  }

  // Resolves to null when the call was accepted, otherwise to the milliseconds to wait before the next.
  async call(job) {
    const { status, headers } = await this.#get(this.apiUrl + 'items', job);
    if (status === 200) return null;
    if (status !== 429) throw new Error(`status ${status}`);
    const seconds = headers['retry-after'] ?? headers['x-ratelimit-reset'];
    // Told nothing, a tenth of the window loses little of it and makes few calls.
    return seconds === undefined ? this.windowMs / 10 : Number(seconds) * 1000;
  }

  #get(url, job) {
    return new Promise((resolve, reject) => {
      const request = http.get(url, { agent: this.agent, headers: { 'Idempotency-Key': job, 'x-api-key': this.caller } }, answer => {
        answer.resume();
        answer.once('end', () => resolve({ status: answer.statusCode, headers: answer.headers }));
      });
      request.once('error', reject);
    });
  }
}

export const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));
