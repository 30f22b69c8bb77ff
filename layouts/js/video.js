// Puts a video, or its player on another site, in the place of its picture. Until somebody asks for that, nothing is loaded
// for it.
const makePlayer = ({ player, title }, href) => {
  if (!player) return Object.assign(document.createElement("video"), { src: href, controls: true, playsInline: true, autoplay: true, tabIndex: 0 });
  const frame = Object.assign(document.createElement("iframe"), { src: player, title });
  frame.allow = "autoplay; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  return frame;
};

for (const link of document.querySelectorAll(".block_video__play")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // wants the page of the video
    event.preventDefault();
    const player = makePlayer(link.dataset, link.href);
    if (player.localName === "video") player.setAttribute("aria-label", link.dataset.title);
    link.replaceWith(player);
    player.focus();
  });
}
