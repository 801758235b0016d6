from __future__ import print_function, division
from builtins import range
import numpy as np


"""
Layer types that are commonly used for recurrent neural networks.
"""


def rnn_step_forward(x, prev_h, Wx, Wh, b):
  next_h, cache = None, None
  a = x.dot(Wx) + prev_h.dot(Wh) + b
  next_h = np.tanh(a)
  cache = x, prev_h, Wx, Wh, next_h
  return next_h, cache


def rnn_step_backward(dnext_h, cache):
  dx, dprev_h, dWx, dWh, db = None, None, None, None, None
  x, prev_h, Wx, Wh, next_h = cache
  da = dnext_h * (1 - next_h ** 2)
  dx = da.dot(Wx.T)
  dprev_h = da.dot(Wh.T)
  dWx = x.T.dot(da)
  dWh = prev_h.T.dot(da)
  db = da.sum(axis=0)
  return dx, dprev_h, dWx, dWh, db


def rnn_forward(x, h0, Wx, Wh, b):
  h, cache = None, None
  N, T, D = x.shape
  h = np.zeros((N, T, h0.shape[1]))
  cache = []
  prev = h0
  for t in range(T):
    prev, c = rnn_step_forward(x[:, t, :], prev, Wx, Wh, b)
    h[:, t, :] = prev
    cache.append(c)
  return h, cache


def rnn_backward(dh, cache):
  N, T, H = dh.shape
  D = cache[0][0].shape[1]
  dx = np.zeros((N, T, D))
  dWx, dWh, db = np.zeros((D, H)), np.zeros((H, H)), np.zeros(H)
  dprev = np.zeros((N, H))
  for t in range(T - 1, -1, -1):
    dx[:, t], dprev, gWx, gWh, gb = rnn_step_backward(dh[:, t] + dprev, cache[t])
    dWx += gWx
    dWh += gWh
    db += gb
  dh0 = dprev
  return dx, dh0, dWx, dWh, db


def word_embedding_forward(x, W):
  out, cache = W[x, :], (x, W.shape)
  return out, cache


def word_embedding_backward(dout, cache):
  x, shape = cache
  dW = np.zeros(shape)
  np.add.at(dW, x, dout)
  return dW


def sigmoid(x):
  """
  A numerically stable version of the logistic sigmoid function.
  """
  pos_mask = (x >= 0)
  neg_mask = (x < 0)
  z = np.zeros_like(x)
  z[pos_mask] = np.exp(-x[pos_mask])
  z[neg_mask] = np.exp(x[neg_mask])
  top = np.ones_like(x)
  top[neg_mask] = z[neg_mask]
  return top / (1 + z)


def lstm_step_forward(x, prev_h, prev_c, Wx, Wh, b):
  next_h, next_c, cache = None, None, None
  H = prev_h.shape[1]
  a = x.dot(Wx) + prev_h.dot(Wh) + b
  i, f, o = sigmoid(a[:, :H]), sigmoid(a[:, H:2*H]), sigmoid(a[:, 2*H:3*H])
  g = np.tanh(a[:, 3*H:])
  next_c = f * prev_c + i * g
  tc = np.tanh(next_c)
  next_h = o * tc
  cache = (x, prev_h, prev_c, Wx, Wh, i, f, o, g, tc)
  return next_h, next_c, cache


def lstm_step_backward(dnext_h, dnext_c, cache):
  x, prev_h, prev_c, Wx, Wh, i, f, o, g, tc = cache
  do = dnext_h * tc
  dc = dnext_c + dnext_h * o * (1 - tc * tc)
  df, di, dg = dc * prev_c, dc * g, dc * i
  dprev_c = dc * f
  da = np.hstack((di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g * g)))
  dx, dprev_h = da.dot(Wx.T), da.dot(Wh.T)
  dWx, dWh, db = x.T.dot(da), prev_h.T.dot(da), da.sum(0)
  return dx, dprev_h, dprev_c, dWx, dWh, db


def lstm_forward(x, h0, Wx, Wh, b):
  h, cache = None, None
  N, T, D = x.shape
  hs, cache = [], []
  h, c = h0, np.zeros_like(h0)
  for t in range(T):
    h, c, ch = lstm_step_forward(x[:, t], h, c, Wx, Wh, b)
    hs.append(h)
    cache.append(ch)
  return np.stack(hs, axis=1), cache


def lstm_backward(dh, cache):
  N, T, H = dh.shape
  dx, dWx, dWh, db = [None] * T, 0, 0, 0
  dht, dct = 0, 0
  for t in reversed(range(T)):
    dx[t], dht, dct, a, b, c = lstm_step_backward(dh[:, t] + dht, dct, cache[t])
    dWx, dWh, db = dWx + a, dWh + b, db + c
  return np.array(dx).transpose(1, 0, 2), dht, dWx, dWh, db


def temporal_affine_forward(x, w, b):
  N, T, D = x.shape
  M = b.shape[0]
  out = x.reshape(N * T, D).dot(w).reshape(N, T, M) + b
  cache = x, w, b, out
  return out, cache


def temporal_affine_backward(dout, cache):
  x, w, b, out = cache
  N, T, D = x.shape
  M = b.shape[0]
  dx = dout.reshape(N * T, M).dot(w.T).reshape(N, T, D)
  dw = dout.reshape(N * T, M).T.dot(x.reshape(N * T, D)).T
  db = dout.sum(axis=(0, 1))
  return dx, dw, db


def temporal_softmax_loss(x, y, mask, verbose=False):
  N, T, V = x.shape
  x_flat = x.reshape(N * T, V)
  y_flat = y.reshape(N * T)
  mask_flat = mask.reshape(N * T)
  probs = np.exp(x_flat - np.max(x_flat, axis=1, keepdims=True))
  probs /= np.sum(probs, axis=1, keepdims=True)
  loss = -np.sum(mask_flat * np.log(probs[np.arange(N * T), y_flat])) / N
  dx_flat = probs.copy()
  dx_flat[np.arange(N * T), y_flat] -= 1
  dx_flat /= N
  dx_flat *= mask_flat[:, None]
  if verbose: print('dx_flat: ', dx_flat.shape)
  dx = dx_flat.reshape(N, T, V)
  return loss, dx
