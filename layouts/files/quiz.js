{{ text | safe -}}
