// Passkeys are the one thing of the desk that needs a script: browsers hand them to nothing else.
(() => {
  'use strict';
  const base = /^\/s\/[^/]+/.exec(location.pathname)?.[0] ?? '';
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, '-')
      .replace(/\//g, '_')
      .replace(/=+$/, '');

  const post = async (path, body, token) => {
    const answer = await fetch(base + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { 'x-form-token': token } : {}) },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (!answer.ok) throw new Error(`${told.error.zh}${told.error.todo.zh} ${told.error.en} ${told.error.todo.en}`);
    return told;
  };

  const create = async (options) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: (options.excludeCredentials ?? []).map((each) => ({ ...each, id: bytes(each.id) })),
      },
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports?.() ?? [],
      },
    };
  };

  const get = async (options) => {
    const found = await navigator.credentials.get({ publicKey: { ...options, challenge: bytes(options.challenge) } });
    const { response } = found;
    return {
      id: found.id,
      rawId: text(found.rawId),
      type: found.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        ...(response.userHandle ? { userHandle: text(response.userHandle) } : {}),
      },
    };
  };

  const tell = (place, error) => {
    const words =
      error.name === 'NotAllowedError' || error.name === 'AbortError'
        ? '没有完成：已取消或超时。 Not done: cancelled, or it took too long.'
        : error.name === 'InvalidStateError'
          ? '这个设备上已经有一个了。 There is one on this device already.'
          : error.message;
    place.querySelector('[role=alert]').textContent = words;
  };

  for (const place of document.querySelectorAll('[data-passkey]')) {
    const { passkey, at, token } = place.dataset;
    const here = window.PublicKeyCredential && location.origin === at;
    place.querySelector(here ? '[data-here]' : '[data-elsewhere]').hidden = false;
    if (!here) continue;
    place.querySelector('button').addEventListener('click', async (event) => {
      event.preventDefault();
      place.querySelector('[role=alert]').textContent = '';
      try {
        if (passkey === 'create') {
          const name = place.querySelector('input').value;
          const options = await post('/me/passkeys/options', {}, token);
          await post('/me/passkeys', { name, response: await create(options) }, token);
          location.assign(`${base}/me`);
        } else {
          const options = await post('/sign-in/passkey/options', {});
          const next = place.dataset.next ?? '';
          location.assign(base + (await post('/sign-in/passkey', { response: await get(options), next })).to);
        }
      } catch (error) {
        tell(place, error);
      }
    });
  }
})();
