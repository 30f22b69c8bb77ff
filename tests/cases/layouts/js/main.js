// Nothing to do yet.
document.title;
