# shellcheck shell=bash disable=SC2154
# What `build` and `test` share: messages, inputs by their hash, and the cache. The caller sets here to this folder.

cache=${OCC_IMAGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/occ-image}
mirror=${DEBIAN_MIRROR:-http://deb.debian.org}
snapshot=${DEBIAN_SNAPSHOT:-http://snapshot.debian.org/archive}

fail() {
  printf 'image: %s\n' "$1" >&2
  exit 2
}

say() {
  printf 'image: %s\n' "$1" >&2
}

# The lock's lines of these roles: SHA-256, role, path.
locked() { # ROLE…
  local wanted=" $* "
  while read -r sum role path; do
    case $wanted in *" $role "*) printf '%s %s %s\n' "$sum" "$role" "$path" ;; esac
  done <"$here/inputs.lock"
}

has_sum() { # FILE SHA-256
  [ -f "$1" ] && [ "$(sha256sum <"$1" | cut -d ' ' -f 1)" = "$2" ]
}

# Prints the file of an input, which is fetched unless it is there; a file of other bytes is never used.
fetch() { # SHA-256 PATH
  local file=$cache/files/$1 date url
  if ! has_sum "$file" "$1"; then
    mkdir -p "$cache/files"
    date=$(sed -n 's/^snapshot //p' "$here/inputs.lock")
    for url in "$mirror/$2" "$snapshot/${2%%/*}/$date/${2#*/}"; do
      curl -fsSL --retry 2 -o "$file.$$" "${url//+/%2b}" || continue
      if has_sum "$file.$$" "$1"; then
        mv -f "$file.$$" "$file"
        break
      fi
      say "$url has other bytes than inputs.lock names"
    done
    rm -f "$file.$$"
    [ -f "$file" ] || fail "$2 cannot be fetched"
  fi
  printf '%s\n' "$file"
}

# Unpacks the packages of a role into a folder of the cache that is named for them, and prints it.
unpacked() { # ROLE
  local folder sum path package
  folder=$cache/$1-$(locked "$1" | sha256sum | cut -c 1-16)
  if [ ! -d "$folder" ]; then
    rm -rf "$folder.$$"
    mkdir -p "$folder.$$"
    while read -r sum _ path; do
      package=$(fetch "$sum" "$path") || exit 2
      dpkg-deb -x "$package" "$folder.$$"
    done < <(locked "$1")
    # Links to places below / mean this folder, wherever it is.
    while IFS= read -r link; do
      path=$(readlink "$link")
      [ ! -e "$folder.$$$path" ] || ln -sfnr "$folder.$$$path" "$link"
    done < <(find "$folder.$$" -lname '/*')
    mv -T "$folder.$$" "$folder" 2>/dev/null || rm -rf "$folder.$$" # another build was first
  fi
  printf '%s\n' "$folder"
}
