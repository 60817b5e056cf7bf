/** How to join, for the wall: the address, the QR code and the code in big type. */
import { h } from './quiz.js';

/** @param {{addresses: string[], code: string, qr: string, lan: boolean}} join */
export function joinView({ addresses, code, qr, lan }) {
  const [first, ...others] = addresses;
  return h('div.join', h('div.qr', { role: 'img', 'aria-label': `QR code of ${first}`, html: qr }),
    h('div.ways', h('p.step-by', 'Scan this, or open'),
      h('p.address', bare(first).replace(`/${code}`, ''), h('wbr'), `/${code}`),
      h('p.step-by', 'Code'), h('p.code', { 'aria-label': [...code].join(' ') }, code),
      others.length > 0 && h('p.others', `If that does not open: ${others.map(bare).join(' or ')}`),
      !lan && h('p.others', 'Only this computer can join now. Start with “lumbar class --lan” to let phones in.')));
}

/** The address as people type it. */
export const bare = (address) => address.replace(/^https?:\/\//, '').replace(/\/$/, '');
