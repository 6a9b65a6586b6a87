;; What a person does in Emacs, after the documented configuration was read.  OVERT_CLIENT says with which client.  -*- lexical-binding: t -*-
(require 'flymake)

(defvar overt-folder (getenv "OVERT_PROJECT"))
(defvar overt-patience (string-to-number (or (getenv "OVERT_EDITOR_TIME_LIMIT") "30")))

(defun overt-see (what check)
  (let ((end (+ (float-time) overt-patience)))
    (while (not (funcall check))
      (when (> (float-time) end)
        (message "not seen: %s\nin %s" what (buffer-string))
        (kill-emacs 1))
      (accept-process-output nil 0.05))
    (message "ok %s" what)))

(defun overt-with-eglot ()
  (require 'eglot)
  ;; What `eglot-ensure' does after a command, which there is none of in batch mode.
  (apply #'eglot--connect (eglot--guess-contact))
  (overt-see "the diagnostic of the misspelt override"
             (lambda () (seq-some (lambda (one) (string-match-p "no base class defines `read_rows`" (flymake-diagnostic-text one)))
                                  (flymake-diagnostics))))
  (goto-char (point-min))
  (search-forward "def open")
  (xref-find-definitions "LSP identifier at point.")
  (overt-see "the base's member" (lambda () (and (equal (buffer-name) "base.py") (= (line-number-at-pos) 3)))))

(defun overt-with-lsp-mode ()
  (require 'lsp-mode)
  (setq lsp-auto-guess-root t lsp-keep-workspace-alive nil lsp-enable-file-watchers nil)
  (lsp)
  (overt-see "the server" (lambda () (lsp-workspaces)))
  (overt-see "the diagnostic of the misspelt override"
             (lambda () (seq-some (lambda (one) (string-match-p "no base class defines `read_rows`" (lsp:diagnostic-message one)))
                                  (gethash (lsp--fix-path-casing buffer-file-name) (lsp-diagnostics)))))
  (goto-char (point-min))
  (search-forward "def open")
  (backward-char)
  (lsp-find-definition)
  (overt-see "the base's member" (lambda () (and (equal (buffer-name) "base.py") (= (line-number-at-pos) 3)))))

(require 'python)
(setq python-mode-hook nil) ; the client is started by hand, below
(find-file (expand-file-name "csv_reader.py" overt-folder))
(if (equal (getenv "OVERT_CLIENT") "eglot") (overt-with-eglot) (overt-with-lsp-mode))
(message "all steps passed")
(kill-emacs 0)
