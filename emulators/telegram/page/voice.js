// A voice message from the microphone: one press starts, the next one sends.

let recorder = null;

/** Starts or ends a recording; `send(file, seconds)` gets what was recorded. */
export async function recordVoice(button, send) {
  if (recorder) return recorder.stop();
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const started = Date.now();
  const parts = [];
  recorder = new MediaRecorder(stream);
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => {
    stream.getTracks().forEach((track) => track.stop());
    button.setAttribute("aria-pressed", "false");
    const type = recorder.mimeType.split(";")[0] || "audio/ogg";
    recorder = null;
    send(new File(parts, `voice.${type.split("/")[1]}`, { type }), Math.max(1, Math.round((Date.now() - started) / 1000)));
  };
  recorder.start();
  button.setAttribute("aria-pressed", "true");
}
