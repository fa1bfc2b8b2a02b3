/** Pictures for the example city, drawn here: the river, its bridge, a reading room. */
const encoder = new TextEncoder();

function scene(sky: string, far: string, near: string, water: string, extra: string): Uint8Array {
  return encoder.encode(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540" width="960" height="540"><rect width="960" height="540" fill="${sky}"/><circle cx="720" cy="150" r="54" fill="#fff" opacity=".75"/><path d="M0 330 L140 240 L270 300 L420 200 L560 290 L700 230 L840 300 L960 250 V400 H0z" fill="${far}"/><path d="M0 380 L180 320 L330 360 L520 310 L760 370 L960 330 V430 H0z" fill="${near}"/><rect y="410" width="960" height="130" fill="${water}"/>${extra}<path d="M0 450q60-14 120 0t120 0 120 0 120 0 120 0 120 0 120 0 120 0M0 495q60-14 120 0t120 0 120 0 120 0 120 0 120 0 120 0 120 0" fill="none" stroke="#fff" stroke-opacity=".35" stroke-width="4"/></svg>`,
  );
}

const bridge =
  '<g stroke="#f4f7f8" fill="none"><path d="M0 392H960" stroke-width="12"/><path d="M300 400V170M660 400V170" stroke-width="14"/><path d="M300 178L60 388M300 178L130 388M300 178L200 388M300 178L400 388M300 178L480 388M660 178L480 388M660 178L560 388M660 178L760 388M660 178L830 388M660 178L900 388" stroke-width="3"/></g>';
const towers =
  '<g fill="#e9eff2"><rect x="120" y="250" width="70" height="150"/><rect x="210" y="200" width="90" height="200"/><rect x="560" y="230" width="80" height="170"/><rect x="660" y="280" width="140" height="120"/></g>';
const cranes =
  '<g stroke="#f4f7f8" stroke-width="10" fill="none"><path d="M180 410V220H330M240 220V180L330 220M520 410V240H690M590 240V190L690 240"/></g><g fill="#e6a15b"><rect x="330" y="372" width="90" height="38"/><rect x="424" y="372" width="70" height="38"/></g>';

export const pictures: Readonly<Record<string, Uint8Array>> = {
  'pic-bridge': scene('#cfe3ea', '#9cbccb', '#5d8ea3', '#3d7790', bridge),
  'pic-library': scene('#efe6d6', '#cdbfa4', '#8a9d8b', '#6d9aa5', towers),
  'pic-port': scene('#d8e6ef', '#a9bfd0', '#6f90a8', '#456f8c', cranes),
  'pic-lake': scene('#dcecdf', '#a7c7ad', '#6d9d7d', '#5a93a0', ''),
};
